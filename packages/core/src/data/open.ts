import { UsageError, unknownName } from '../errors/index.js';
import { formatShape, type Shape, shapesEqual } from '../network/index.js';
import { type DataSet, type Images, isPhotoSet } from './data-set.js';
import { decodePhoto } from './decode.js';
import { cacheDir, type DataPlaces, dataDirs, locate } from './locate.js';
import {
  type DataSetDefinition,
  dataSetNames,
  dataSets,
  isDataSetName,
  STAND_IN,
  type StoredDataSet,
} from './registry.js';

/** The name that means: the preferred set where it is found, else the generated one. */
export const AUTO = 'auto';

export interface OpenOptions extends DataPlaces {
  /** What `auto` looks for first. */
  readonly preferred?: string;
  /** `[channels, height, width]` that the network takes. A generated set is made so; any other must have it. */
  readonly imageShape?: Shape;
  /** Training rescales images and crops them: only their channels must be those of the network. */
  readonly isCropped?: boolean;
}

export interface OpenedDataSet {
  readonly dataSet: DataSet;
  /** One line on the set that stands in for the preferred one, if it does. */
  readonly note: string | null;
}

/**
 * Opens a data set by name, or under `auto` the preferred one with the generated one as stand-in.
 * @throws UsageError for an unknown name, a set that is not found, damaged files, and images of another shape.
 */
export async function openDataSet(name: string, options: OpenOptions = {}): Promise<OpenedDataSet> {
  const dirs = dataDirs(options);
  if (name !== AUTO) return { dataSet: await openNamed(name, dirs, options), note: null };
  const { preferred = STAND_IN } = options;
  const missing = whyMissing(preferred, dirs);
  if (missing === null) return { dataSet: await openNamed(preferred, dirs, options), note: null };
  const note = `${missing.what}; training on the generated set ${STAND_IN} instead.`;
  return {
    dataSet: await openNamed(STAND_IN, dirs, options),
    note: missing.remedy === null ? note : `${note} ${missing.remedy}`,
  };
}

async function openNamed(
  name: string,
  dirs: readonly string[],
  { imageShape, isCropped = false, env }: OpenOptions,
): Promise<DataSet> {
  if (!isDataSetName(name)) throw unknownName('data set', name, [...dataSetNames, AUTO]);
  const definition: DataSetDefinition = dataSets[name];
  if (definition.kind === 'generated') return definition.generate(imageShape);
  const folder = locate(name, definition, dirs);
  if (folder === undefined) {
    const { what, remedy } = notFound(name, definition, dirs);
    throw new UsageError(
      `${what}. ${remedy === null ? 'Say' : `${remedy}, or say`} where it is with --data-dir.`,
    );
  }
  checkShape(name, definition, imageShape, isCropped);
  return definition.read(folder, { cacheDir: cacheDir(env) });
}

/** Photographs take any size, but have three channels. */
function checkShape(
  name: string,
  { shape }: StoredDataSet,
  wanted: Shape | undefined,
  isCropped: boolean,
): void {
  if (!wanted || (shape && !isCropped ? shapesEqual(wanted, shape) : wanted[0] === (shape?.[0] ?? 3))) return;
  throw new UsageError(
    `${name} has ${shape ? formatShape(shape) : '3-channel'} images, and the network takes ${formatShape(wanted)}; give it that input, or another data set.`,
  );
}

/** What is wrong, as the beginning of a sentence, and how to mend it, as another's. */
interface Missing {
  readonly what: string;
  readonly remedy: string | null;
}

/** Why `auto` cannot have the set it prefers; null when it can. */
function whyMissing(name: string, dirs: readonly string[]): Missing | null {
  if (!isDataSetName(name)) return { what: `There is no reader for the data set ${name}`, remedy: null };
  const definition: DataSetDefinition = dataSets[name];
  if (definition.kind === 'generated' || locate(name, definition, dirs) !== undefined) return null;
  return notFound(name, definition, dirs);
}

function notFound(name: string, { download, howToGet }: StoredDataSet, dirs: readonly string[]): Missing {
  const asked = howToGet === undefined ? null : `The data set ${name} ${howToGet}`;
  return {
    what: `No ${name} in ${dirs.join(', ')}`,
    remedy: download ? `Get it with: strata data fetch ${name}` : asked,
  };
}

export interface DataSetPlace {
  readonly name: string;
  readonly found: boolean;
  /** The folder, "generated", or null. */
  readonly where: string | null;
}

/** What is there of every known set, without reading it. */
export function describeDataSets(places: DataPlaces = {}): DataSetPlace[] {
  const dirs = dataDirs(places);
  return dataSetNames.map(name => {
    const definition: DataSetDefinition = dataSets[name];
    const where = definition.kind === 'generated' ? 'generated' : (locate(name, definition, dirs) ?? null);
    return { name, found: where !== null, where };
  });
}

export interface DataSetReport {
  readonly name: string;
  readonly source: string;
  /** `[channels, height, width]`; null for photographs of many sizes. */
  readonly shape: Shape | null;
  readonly checksum: string;
  readonly train: HalfReport;
  readonly test: HalfReport;
}

export interface HalfReport {
  readonly count: number;
  /** Images of each class, by its name. */
  readonly perClass: Readonly<Record<string, number>>;
}

/** Reads everything of a set, decodes its photographs, and counts it. @throws UsageError as `openDataSet` does. */
export async function checkDataSet(name: string, places: DataPlaces = {}): Promise<DataSetReport> {
  const dataSet = await openNamed(name, dataDirs(places), places);
  const { source, shape = null, checksum, train, test, classes } = dataSet;
  for (const half of [train, test]) await decodeAll(half);
  return { name, source, shape, checksum, train: countHalf(train, classes), test: countHalf(test, classes) };
}

/** Photographs are decoded so many at a time. */
const AT_ONCE = 8;

/** @throws UsageError for the first photograph that cannot be decoded. */
async function decodeAll(images: Images): Promise<void> {
  if (!isPhotoSet(images)) return;
  for (let start = 0; start < images.count; start += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, images.count - start) }, (_, i) => start + i);
    await Promise.all(
      some.map(async i => decodePhoto(await images.encoded(i), { what: images.describe(i) })),
    );
  }
}

function countHalf(images: Images, classes: readonly string[]): HalfReport {
  const perClass = Object.fromEntries(classes.map(name => [name, 0]));
  for (const label of images.labels) {
    const name = classes[label] as string;
    perClass[name] = (perClass[name] ?? 0) + 1;
  }
  return { count: images.count, perClass };
}
