import { UsageError } from '../errors/index.js';
import { permutation, stream } from '../random/index.js';
import { type DataSet, type ImageSet, type Images, isPhotoSet } from './data-set.js';
import type { PhotoSet } from './photo-set.js';
import type { Subset } from './preprocessing.js';

/** The parts of a data set that a recipe names. */
export interface Parts<Half extends Images> {
  readonly train: Half;
  readonly test: Half;
  /** Drawn from the training images, none of which is in `train`. Undefined unless asked for. */
  readonly validation: Half | undefined;
}

interface Halves<Half extends Images> {
  readonly name: string;
  readonly source: string;
  readonly train: Half;
  readonly test: Half;
}

/**
 * The parts that a recipe asks for: the same number of images of every class (one more of some where it does not divide),
 * drawn once and for all, whatever the run's seed. A larger subset contains the smaller ones. The validation images are the
 * last of the training images in the order of drawing, so that they are the same for every training subset that leaves them room.
 * @throws UsageError when there are not as many.
 */
export function subsetOf<Half extends Images>(dataSet: Halves<Half>, subset: Subset): Parts<Half>;
export function subsetOf(dataSet: DataSet, subset: Subset): Parts<ImageSet> | Parts<PhotoSet>;
export function subsetOf<Half extends Images>(dataSet: Halves<Half>, subset: Subset): Parts<Half> {
  const { train, validation } = trainingParts(dataSet, subset);
  const test =
    subset.test === undefined ? dataSet.test : balancedPart(dataSet.test, subset.test, dataSet, 'test');
  return { train, test, validation };
}

function trainingParts<Half extends Images>(
  dataSet: Halves<Half>,
  { train, validation = 0 }: Subset,
): Omit<Parts<Half>, 'test'> {
  const images = dataSet.train;
  if (validation === 0) {
    const part = train === undefined ? images : balancedPart(images, train, dataSet, 'train');
    return { train: part, validation: undefined };
  }
  if (!Number.isInteger(validation) || validation < 1 || validation + (train ?? 1) > images.count) {
    throw new UsageError(
      `${validation} validation images beside ${train ?? 'the other'} training images were asked of ${nameOf(dataSet)}; give whole numbers that make at most ${images.count} together, which is all the training images there are.`,
    );
  }
  const order = drawingOrder(images.labels, 'train');
  // Where classes are of unequal size, what is beyond the balanced order is left for training on everything else.
  const held = new Set(order.slice(-validation));
  if (held.size < validation) throw unbalanced(validation, 'validation', dataSet, order.length);
  const rest =
    train === undefined || train + validation === images.count
      ? Array.from({ length: images.count }, (_, i) => i).filter(i => !held.has(i))
      : order.slice(0, order.length - validation).slice(0, train);
  if (train !== undefined && rest.length < train)
    throw unbalanced(train, 'train', dataSet, order.length - validation);
  return { train: atPlaces(images, rest), validation: atPlaces(images, [...held]) };
}

function balancedPart<Half extends Images>(
  images: Half,
  count: number,
  dataSet: Halves<Half>,
  split: 'train' | 'test',
): Half {
  if (!Number.isInteger(count) || count < 1 || count > images.count) {
    throw new UsageError(
      `A subset of ${count} ${split} images was asked of ${nameOf(dataSet)}; give a whole number from 1 to ${images.count}, which is all there are.`,
    );
  }
  if (count === images.count) return images;
  const order = drawingOrder(images.labels, split);
  if (count > order.length) {
    throw new UsageError(
      `A subset of ${count} ${split} images was asked of ${nameOf(dataSet)}; give at most ${order.length}, since its classes are not of equal size, or all ${images.count}.`,
    );
  }
  return atPlaces(images, order.slice(0, count));
}

function unbalanced(count: number, part: string, dataSet: Halves<Images>, most: number): UsageError {
  return new UsageError(
    `${count} ${part} images were asked of ${nameOf(dataSet)}; give at most ${most}, since its classes are not of equal size.`,
  );
}

function nameOf({ name, source }: Halves<Images>): string {
  return `${name} (${source})`;
}

/** The images at these places, in order of place. */
function atPlaces<Half extends Images>(images: Half, unsorted: readonly number[]): Half {
  const places = Uint32Array.from(unsorted).sort();
  const placeOf = (i: number): number => {
    const place = places[i];
    if (place === undefined) throw new RangeError(`The subset has no image ${i}; it has ${places.length}.`);
    return place;
  };
  const shared = {
    count: places.length,
    labels: Uint16Array.from(places, place => images.labels[place] as number),
    places,
  };
  const part: Images = isPhotoSet(images)
    ? {
        ...shared,
        encoded: async i => images.encoded(placeOf(i)),
        describe: i => images.describe(placeOf(i)),
        ...(images.file && { file: i => images.file?.(placeOf(i)) as string }),
      }
    : { ...shared, shape: images.shape, pixels: i => images.pixels(placeOf(i)) };
  // Of the same kind as the images that it was taken from.
  return part as Images as Half;
}
/** All images in the order in which subsets take them: in turn one of each class, as long as every class has one. */
function drawingOrder(labels: Uint16Array, split: string): number[] {
  const byClass = new Map<number, number[]>();
  labels.forEach((label, i) => {
    const members = byClass.get(label);
    if (members) members.push(i);
    else byClass.set(label, [i]);
  });
  const classes = [...byClass.keys()].sort((a, b) => a - b);
  const turns = [...permutation(classes.length, stream(0, 'subset', split))].map(i => classes[i] as number);
  const shuffled = turns.map(label => {
    const members = byClass.get(label) ?? [];
    return [...permutation(members.length, stream(0, 'subset', split, label))].map(i => members[i] as number);
  });
  const rounds = Math.min(...shuffled.map(members => members.length));
  return Array.from({ length: rounds }, (_, round) =>
    shuffled.map(members => members[round] as number),
  ).flat();
}
