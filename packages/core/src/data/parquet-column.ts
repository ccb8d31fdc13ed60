/**
 * Columns of a Parquet file (https://parquet.apache.org/docs/file-format), read page by page. hyparquet reads the footer, the page
 * headers and Snappy; what a page says of its own size is checked here before memory is taken for it, since a damaged
 * number may say anything.
 */
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { AsyncBuffer, ColumnMetaData } from 'hyparquet';
import { snappyUncompress } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressZstd } from 'hyparquet-compressors';
import { readRuns } from './parquet-runs.js';
import { damaged } from './read-file.js';
import { structEnd } from './thrift-bounds.js';

export interface Column {
  /** For messages: the file. */
  readonly file: string;
  readonly metadata: ColumnMetaData;
  /** Levels of the schema on its path that may be null. */
  readonly maxDefinition: number;
  readonly rows: number;
}

/** A value of each row: bytes or whole numbers; undefined where there is none. */
export type Values = readonly (Uint8Array | number | undefined)[];

/** A page may always be so large, and otherwise as large as DEFLATE could make its bytes. */
const ALWAYS_ALLOWED = 2 ** 22;
const MOST_PACKED = 1032;

/** @throws UsageError for anything that is not as the footer says. */
export async function readColumn(source: AsyncBuffer, column: Column): Promise<Values> {
  const { data_page_offset, dictionary_page_offset, total_compressed_size } = column.metadata;
  const start = Number(dictionary_page_offset || data_page_offset);
  const end = start + Number(total_compressed_size);
  if (!(start >= 4 && end > start && end <= source.byteLength))
    throw damaged(
      column.file,
      `a column from byte ${start} to ${end}`,
      `one inside its ${source.byteLength} bytes`,
    );
  const chunk = new Uint8Array(await source.slice(start, end));
  const values: (Uint8Array | number | undefined)[] = [];
  let dictionary: Values | undefined;
  for (let at = 0; values.length < column.rows; ) {
    const page = nextPage(column, chunk, at);
    at = page.end;
    if (page.header.type === 'DICTIONARY_PAGE') {
      const count = page.header.dictionary_page_header?.num_values ?? -1;
      dictionary = plainValues(column, unpacked(column, page.bytes, page.unpackedSize), count);
    } else if (page.header.type !== 'INDEX_PAGE') {
      for (const value of dataPage(column, page, dictionary, column.rows - values.length)) values.push(value);
    }
  }
  return values;
}

interface Page {
  readonly header: ReturnType<typeof parquetHeader>;
  readonly bytes: Uint8Array;
  readonly unpackedSize: number;
  readonly end: number;
}

function nextPage(column: Column, chunk: Uint8Array, at: number): Page {
  const reader = { view: new DataView(chunk.buffer, chunk.byteOffset, chunk.length), offset: at };
  if (at >= chunk.length) throw damaged(column.file, 'a column that ends early', `${column.rows} values`);
  structEnd(chunk, at);
  const header = parquetHeader(reader);
  const size = header.compressed_page_size;
  const unpackedSize = Number(header.uncompressed_page_size);
  const end = reader.offset + size;
  if (!(size >= 0 && end <= chunk.length))
    throw damaged(column.file, `a page of ${size} bytes`, 'one that fits into its column');
  if (!(unpackedSize >= 0 && unpackedSize <= Math.max(ALWAYS_ALLOWED, size * MOST_PACKED)))
    throw damaged(column.file, `a page of ${size} bytes that unpacks to ${unpackedSize}`, 'less');
  return { header, bytes: chunk.subarray(reader.offset, end), unpackedSize, end };
}

function dataPage(column: Column, page: Page, dictionary: Values | undefined, most: number): Values {
  const { data_page_header: v1, data_page_header_v2: v2 } = page.header;
  const header = v1 ?? v2;
  if (!header || !(header.num_values > 0 && header.num_values <= most))
    throw damaged(column.file, `a page of ${header?.num_values ?? 'no'} values`, `1 to ${most}`);
  const count = header.num_values;
  const { defined, bytes } = v2 ? levelsV2(column, page, count) : levelsV1(column, page, count);
  const present = defined ? defined.reduce((sum, level) => sum + level, 0) : count;
  const values = encodedValues(column, header.encoding, bytes, present, dictionary);
  if (!defined) return values;
  let next = 0;
  return Array.from(defined, level => (level === 1 ? values[next++] : undefined));
}

interface Levels {
  /** For every value 1 or 0; undefined where all are there. */
  readonly defined: Uint8Array | undefined;
  /** The values' bytes, unpacked. */
  readonly bytes: Uint8Array;
}

/** Version 1: the levels stand packed with the values, their length before them. */
function levelsV1(column: Column, page: Page, count: number): Levels {
  const bytes = unpacked(column, page.bytes, page.unpackedSize);
  if (column.maxDefinition === 0) return { defined: undefined, bytes };
  const length = bytes.length < 4 ? -1 : new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  if (length < 0 || 4 + length > bytes.length)
    throw damaged(column.file, `${length} bytes of levels in a page`, 'levels that fit');
  return {
    defined: definedOf(column, bytes.subarray(4, 4 + length), count),
    bytes: bytes.subarray(4 + length),
  };
}

/** Version 2: the levels stand before the packed values. */
function levelsV2(column: Column, page: Page, count: number): Levels {
  const header = page.header.data_page_header_v2;
  const before = header?.repetition_levels_byte_length ?? 0;
  const length = header?.definition_levels_byte_length ?? 0;
  const start = before + length;
  if (!(before === 0 && length >= 0 && start <= page.bytes.length && start <= page.unpackedSize))
    throw damaged(column.file, `${before} and ${length} bytes of levels in a page`, 'levels that fit');
  const rest = page.bytes.subarray(start);
  const bytes = header?.is_compressed === false ? rest : unpacked(column, rest, page.unpackedSize - start);
  const defined =
    column.maxDefinition === 0 ? undefined : definedOf(column, page.bytes.subarray(before, start), count);
  return { defined, bytes };
}

function definedOf(column: Column, bytes: Uint8Array, count: number): Uint8Array {
  const width = Math.ceil(Math.log2(column.maxDefinition + 1));
  const levels = readRuns(column.file, bytes, width, count);
  return Uint8Array.from(levels, level => (level === column.maxDefinition ? 1 : 0));
}

function encodedValues(
  column: Column,
  encoding: string,
  bytes: Uint8Array,
  count: number,
  dictionary: Values | undefined,
): Values {
  if (encoding === 'PLAIN') return plainValues(column, bytes, count);
  if (encoding !== 'RLE_DICTIONARY' && encoding !== 'PLAIN_DICTIONARY')
    throw damaged(column.file, `values encoded as ${encoding}`, 'plain ones, or a dictionary');
  if (count === 0) return [];
  const width = bytes[0] ?? 33;
  const places = readRuns(column.file, bytes.subarray(1), width, count);
  return Array.from(places, place => {
    const value = dictionary?.[place];
    if (value === undefined)
      throw damaged(column.file, `entry ${place} of a dictionary`, 'one of those it has');
    return value;
  });
}

function plainValues({ file, metadata: { type } }: Column, bytes: Uint8Array, count: number): Values {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const width = { INT32: 4, INT64: 8, BYTE_ARRAY: 4 }[type as string];
  if (width === undefined) throw damaged(file, `a column of ${type}`, 'bytes or whole numbers');
  if (!(count >= 0 && count * width <= bytes.length))
    throw damaged(file, `${count} values in ${bytes.length} bytes`, 'values that fit');
  if (type === 'INT32') return Array.from({ length: count }, (_, i) => view.getInt32(4 * i, true));
  if (type === 'INT64') return Array.from({ length: count }, (_, i) => Number(view.getBigInt64(8 * i, true)));
  const values: Uint8Array[] = [];
  for (let at = 0; values.length < count; ) {
    const start = at + 4;
    const end = start <= bytes.length ? start + view.getUint32(at, true) : Number.POSITIVE_INFINITY;
    if (end > bytes.length) throw damaged(file, 'a value beyond the end of its page', 'values that fit');
    values.push(bytes.subarray(start, end));
    at = end;
  }
  return values;
}

function unpacked({ file, metadata }: Column, bytes: Uint8Array, size: number): Uint8Array {
  const result = decompressed(file, metadata.codec, bytes, size);
  if (result.length !== size) throw damaged(file, `${result.length} bytes of a page`, `${size}`);
  return result;
}

function decompressed(file: string, codec: string, bytes: Uint8Array, size: number): Uint8Array {
  const limit = { maxOutputLength: Math.max(1, size) };
  switch (codec) {
    case 'UNCOMPRESSED':
      return bytes;
    case 'SNAPPY': {
      const output = new Uint8Array(size);
      snappyUncompress(bytes, output);
      return output;
    }
    case 'GZIP':
      return gunzipSync(bytes, limit);
    case 'BROTLI':
      return brotliDecompressSync(bytes, limit);
    case 'ZSTD':
      return decompressZstd(bytes, new Uint8Array(size));
    default:
      throw damaged(file, `a column compressed by ${codec}`, 'SNAPPY, ZSTD, GZIP, BROTLI or nothing');
  }
}
