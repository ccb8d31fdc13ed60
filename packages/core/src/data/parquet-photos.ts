import {
  type AsyncBuffer,
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadata,
  type RowGroup,
  type SchemaElement,
} from 'hyparquet';
import { messageOf, UsageError } from '../errors/index.js';
import { type Column, readColumn, type Values } from './parquet-column.js';
import { damaged, fileSize } from './read-file.js';
import { structEnd } from './thrift-bounds.js';

/** The rows of one file. */
export interface PhotoTable {
  readonly images: readonly Uint8Array[];
  /** As they stand: -1 means that there is none. */
  readonly labels: readonly number[];
  /** From the metadata that Hugging Face's `datasets` writes, if it is there. */
  readonly classNames: readonly string[] | undefined;
}

/** Columns that may hold the class, the first of which counts. */
const LABEL_COLUMNS = ['label', 'labels', 'fine_label', 'class', 'target'];

/**
 * Reads the images (a struct column with the field `bytes`) and their labels (a column of whole numbers).
 * @throws UsageError naming the file, what was found in it and what was expected.
 */
export async function readPhotoTable(file: string): Promise<PhotoTable> {
  if ((await fileSize(file)) < 12) throw damaged(file, 'too few bytes', 'a Parquet file');
  try {
    const source = await asyncBufferFromFile(file);
    const footer = await checkedFooter(file, source);
    const metadata = parquetMetadata(footer, { geoparquet: false });
    const columns = leavesOf(file, metadata.schema);
    const image = imageColumn(file, columns);
    const label = labelColumn(file, columns);
    const images: Uint8Array[] = [];
    const labels: number[] = [];
    for (const group of metadata.row_groups) {
      const rows = Number(group.num_rows);
      // An image takes a byte at least.
      if (!(rows > 0 && rows <= source.byteLength))
        throw damaged(file, `a group of ${rows} rows`, 'some, and not more than bytes');
      const read = (leaf: Leaf): Promise<Values> => readColumn(source, columnOf(file, group, leaf, rows));
      const first = images.length;
      for (const [i, bytes] of (await read(image)).entries()) {
        if (!(bytes instanceof Uint8Array) || bytes.length === 0)
          throw damaged(`${file}, row ${first + i}`, 'no image', 'one in every row');
        images.push(bytes);
      }
      for (const [i, number] of (await read(label)).entries()) {
        if (typeof number !== 'number' || number < -1 || number > 65_535)
          throw damaged(`${file}, row ${first + i}`, `label ${number}`, 'a class number');
        labels.push(number);
      }
    }
    if (images.length === 0) throw damaged(file, 'no rows', 'at least one');
    return { images, labels, classNames: classNamesOf(metadata, label) };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw damaged(file, messageOf(error), 'a Parquet file');
  }
}

/** Metadata, its length and `PAR1`, as they stand at the end of the file. */
async function checkedFooter(file: string, source: AsyncBuffer): Promise<Uint8Array> {
  const size = source.byteLength;
  const end = Buffer.from(await source.slice(size - 8, size));
  const length = end.readUInt32LE(0);
  if (end.toString('latin1', 4) !== 'PAR1' || length > size - 12)
    throw damaged(file, `it ends with "${printable(end)}"`, 'the length of its metadata and "PAR1"');
  const footer = new Uint8Array(await source.slice(size - 8 - length, size));
  structEnd(footer.subarray(0, length), 0);
  return footer;
}

function printable(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[^ -~]/g, '?');
}

/** A column of values: where it stands in the schema, without the root. */
interface Leaf {
  readonly path: readonly string[];
  readonly type: string | undefined;
  readonly maxDefinition: number;
  readonly isRepeated: boolean;
}

/** The schema is a tree written down in order of depth: every element says how many children follow it. */
function leavesOf(file: string, schema: readonly SchemaElement[]): Leaf[] {
  const leaves: Leaf[] = [];
  const open: { path: readonly string[]; left: number; maxDefinition: number; isRepeated: boolean }[] = [];
  for (const [i, element] of schema.entries()) {
    while (open.at(-1)?.left === 0) open.pop();
    const parent = open.at(-1);
    if (i > 0 && !parent) throw damaged(file, `${schema.length} elements of a schema`, `${i}`);
    if (parent) parent.left--;
    const here = {
      path: i === 0 ? [] : [...(parent?.path ?? []), element.name],
      maxDefinition: (parent?.maxDefinition ?? 0) + (i > 0 && element.repetition_type !== 'REQUIRED' ? 1 : 0),
      isRepeated: (parent?.isRepeated ?? false) || element.repetition_type === 'REPEATED',
    };
    if (element.num_children) open.push({ ...here, left: element.num_children });
    else leaves.push({ ...here, type: element.type });
  }
  return leaves.filter(leaf => !leaf.isRepeated);
}

function imageColumn(file: string, leaves: readonly Leaf[]): Leaf {
  const found = leaves.find(
    ({ path, type }) => path.length === 2 && path[1] === 'bytes' && type === 'BYTE_ARRAY',
  );
  if (found) return found;
  throw damaged(file, `the columns ${namesOf(leaves)}`, 'images: a struct with the field bytes');
}

function labelColumn(file: string, leaves: readonly Leaf[]): Leaf {
  const numbers = leaves.filter(
    ({ path, type }) => path.length === 1 && (type === 'INT64' || type === 'INT32'),
  );
  const named = LABEL_COLUMNS.map(name => numbers.find(({ path }) => path[0] === name)).find(
    leaf => leaf !== undefined,
  );
  const found = named ?? (numbers.length === 1 ? numbers[0] : undefined);
  if (found) return found;
  throw damaged(
    file,
    `the columns ${namesOf(leaves)}`,
    `whole numbers named ${LABEL_COLUMNS.join(', ')}, or one column of them`,
  );
}

function namesOf(leaves: readonly Leaf[]): string {
  return (
    leaves
      .map(({ path }) => path.join('.').slice(0, 40))
      .join(', ')
      .slice(0, 200) || '(none)'
  );
}

function columnOf(file: string, group: RowGroup, { path, maxDefinition }: Leaf, rows: number): Column {
  const found = group.columns.find(({ meta_data }) => meta_data?.path_in_schema.join('.') === path.join('.'));
  if (!found?.meta_data || found.file_path)
    throw damaged(file, `a group without the column ${path.join('.')}`, 'it in every group');
  return { file, metadata: found.meta_data, maxDefinition, rows };
}

function classNamesOf({ key_value_metadata = [] }: FileMetaData, label: Leaf): readonly string[] | undefined {
  const text = key_value_metadata.find(({ key }) => key === 'huggingface')?.value;
  const features = inside(inside(parsed(text ?? ''), 'info'), 'features');
  const names = inside(inside(features, label.path[0] ?? ''), 'names');
  const isList = Array.isArray(names) && names.length > 0 && names.every(name => typeof name === 'string');
  return isList ? (names as string[]) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function inside(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
