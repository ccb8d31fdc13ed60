import { readFile, stat } from 'node:fs/promises';
import { messageOf, systemCode, UsageError } from '../errors/index.js';

/**
 * Length in bytes, to be looked at before a file is read: what is no plain file may never end.
 * @throws UsageError for a file that is missing or is none.
 */
export async function fileSize(file: string): Promise<number> {
  const found = await mustRead(file, () => stat(file));
  if (!found.isFile()) throw damaged(file, 'this is not a file', 'one');
  return found.size;
}

/** @throws UsageError for a file that is missing or cannot be read. */
export async function readBytes(file: string): Promise<Uint8Array> {
  const { buffer, byteOffset, length } = await mustRead(file, () => readFile(file));
  return new Uint8Array(buffer, byteOffset, length);
}

/** The error for a file that is not what it should be. */
export function damaged(file: string, found: string, expected: string): UsageError {
  return new UsageError(
    `${file}: ${found}, expected ${expected}. The file is damaged or of another kind: remove it and fetch the set again.`,
  );
}

export async function mustRead<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const why = systemCode(error) === 'ENOENT' ? 'it is missing' : `it cannot be read (${messageOf(error)})`;
    throw new UsageError(`${path}: ${why}; put it there, or remove the folder and fetch the set again.`);
  }
}
