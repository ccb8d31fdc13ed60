import type { State } from '../engine/index.js';
import { UsageError } from '../errors/index.js';
import { elements } from '../network/index.js';

/**
 * The safetensors format: 8 bytes of header length (little-endian), a JSON header, then the tensors' bytes.
 * Tensors are written in order of name, so that equal states make equal files.
 */
export function encodeSafetensors(state: State, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const tensors = [...state].sort(([a], [b]) => (a < b ? -1 : 1));
  const entries: [string, unknown][] = [['__metadata__', metadata]];
  let offset = 0;
  for (const [name, { shape, data }] of tensors) {
    entries.push([name, { dtype: 'F32', shape, data_offsets: [offset, offset + data.byteLength] }]);
    offset += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const padded = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + padded + offset).fill(0x20, 8, 8 + padded);
  new DataView(file.buffer).setBigUint64(0, BigInt(padded), true);
  file.set(json, 8);
  let at = 8 + padded;
  for (const [, { data }] of tensors) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

export interface Safetensors {
  readonly state: State;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * `only`: names of the tensors to read; others are passed over and may be of any type. All when left out.
 * @throws UsageError naming `file` when the bytes are not a whole file of 32-bit floats.
 */
export function decodeSafetensors(bytes: Uint8Array, file: string, only?: ReadonlySet<string>): Safetensors {
  const broken = (what: string): UsageError =>
    new UsageError(`${file} is not a usable safetensors file: ${what}.`);
  if (bytes.length < 8) throw broken(`it has ${bytes.length} bytes`);
  const headerLength = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const start = 8 + headerLength;
  if (start > bytes.length) throw broken('its header is cut off');
  const header = parseHeader(bytes.subarray(8, start));
  if (!header) throw broken('its header is not JSON');
  const state = new Map<string, { shape: number[]; data: Float32Array }>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__' || only?.has(name) === false) continue;
    if (!isEntry(entry) || entry.dtype !== 'F32') throw broken(`tensor "${name}" is not 32-bit floats`);
    const [from, to] = entry.data_offsets;
    if (start + to > bytes.length || to - from !== 4 * elements(entry.shape))
      throw broken(`tensor "${name}" is cut off`);
    state.set(name, {
      shape: entry.shape,
      data: copyOf(bytes.subarray(start + from, start + to)),
    });
  }
  return { state, metadata: (header.__metadata__ ?? {}) as Record<string, string> };
}

/** A copy of its own, aligned; `slice` of a Buffer would share the file's memory. */
function copyOf(bytes: Uint8Array): Float32Array {
  return new Float32Array(new Uint8Array(bytes).buffer);
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof header === 'object' && header !== null ? (header as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

interface Entry {
  readonly dtype: string;
  readonly shape: number[];
  readonly data_offsets: readonly [number, number];
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { dtype, shape, data_offsets: offsets } = value as Record<string, unknown>;
  const isCounts = (list: unknown): boolean =>
    Array.isArray(list) && list.every(n => Number.isInteger(n) && n >= 0);
  return (
    typeof dtype === 'string' && isCounts(shape) && isCounts(offsets) && (offsets as unknown[]).length === 2
  );
}
