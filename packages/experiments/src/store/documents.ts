import { readFile } from 'node:fs/promises';
import { messageOf, systemCode, UsageError } from '@strata/core/errors';
import { hashJson } from '@strata/core/hash';
import type { z } from 'zod';

/** Turns what the disk refuses into one line that names the store. */
export async function writing<T>(store: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    throw new UsageError(
      `The store ${store} cannot be written to (${messageOf(error)}); free space, mend its permissions, or use another --store. What it held is intact.`,
    );
  }
}

export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw new UsageError(`${file} cannot be read: ${messageOf(error)}.`);
  }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A document with a checksum of its own content, as text. */
export function sealed(document: object, indent?: number): string {
  // Through JSON first: what it has no word for (NaN) must hash as it will be read.
  const plain = JSON.parse(JSON.stringify(document)) as object;
  return `${JSON.stringify({ ...plain, checksum: hashJson(plain) }, null, indent)}\n`;
}

/** What was sealed, without its checksum; undefined for anything that is not whole. */
export function unsealed<T>(schema: z.ZodType, text: string | undefined): T | undefined {
  const parsed = schema.safeParse(text === undefined ? undefined : parseJson(text));
  if (!parsed.success) return undefined;
  const { checksum, ...content } = parsed.data as { checksum?: unknown };
  return checksum === undefined || checksum === hashJson(content) ? (content as T) : undefined;
}
