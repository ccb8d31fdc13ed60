import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const RECORD = 3073;

/** Records whose labels take turns and whose pixels follow from the record's number. */
export function records(count: number, seed = 0): Uint8Array {
  const bytes = new Uint8Array(count * RECORD);
  for (let i = 0; i < bytes.length; i++) {
    const [record, at] = [Math.floor(i / RECORD), i % RECORD];
    bytes[i] = at === 0 ? record % 10 : (seed + record * 13 + at * 3) % 256;
  }
  return bytes;
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'strata-data-'));
}

/** A small CIFAR-10 in `<folder>/cifar-10-batches-bin`: the folder with the files. */
export function writeCifar10(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): string {
  const target = join(folder, 'cifar-10-batches-bin');
  mkdirSync(target, { recursive: true });
  const standard = { 'data_batch_1.bin': records(20), 'test_batch.bin': records(10, 5) };
  for (const [name, bytes] of Object.entries({ ...standard, ...files }))
    writeFileSync(join(target, name), bytes);
  return target;
}
