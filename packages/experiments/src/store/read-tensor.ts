import { type FileHandle, open } from 'node:fs/promises';
import type { Tensor } from '@strata/core/engine';
import { systemCode } from '@strata/core/errors';
import { z } from 'zod';
import { runFiles } from './files.js';

const entrySchema = z.object({
  dtype: z.literal('F32'),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});

/** No header of a network here comes near this size: a larger one is no header. */
const LARGEST_HEADER = 1 << 26;

/**
 * One tensor of a run's kept weights, read without the others: a published network weighs half a gigabyte. Null where
 * there is none, or none that can be believed.
 */
export async function readTensor(store: string, id: string, name: string): Promise<Tensor | null> {
  let file: FileHandle;
  try {
    file = await open(runFiles(store, id).checkpoint);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return null;
  }
  try {
    return await tensorIn(file, name);
  } finally {
    await file.close();
  }
}

async function tensorIn(file: FileHandle, name: string): Promise<Tensor | null> {
  const size = await bytesAt(file, 0, 8);
  const headerBytes = size ? Number(size.readBigUInt64LE()) : 0;
  if (headerBytes === 0 || headerBytes > LARGEST_HEADER) return null;
  const header = await bytesAt(file, 8, headerBytes);
  const entry = entrySchema.safeParse(header && entryOf(header.toString('utf8'), name));
  if (!entry.success) return null;
  const { shape, data_offsets } = entry.data;
  const [from, to] = data_offsets;
  if (to - from !== 4 * shape.reduce((product, n) => product * n, 1)) return null;
  const bytes = await bytesAt(file, 8 + headerBytes + from, to - from);
  return bytes && { shape, data: new Float32Array(new Uint8Array(bytes).buffer) };
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer | null> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position);
  return bytesRead === length ? buffer : null;
}

function entryOf(json: string, name: string): unknown {
  try {
    const header: unknown = JSON.parse(json);
    return typeof header === 'object' && header !== null ? Reflect.get(header, name) : undefined;
  } catch {
    return undefined;
  }
}
