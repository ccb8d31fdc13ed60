import { existsSync } from 'node:fs';
import { UsageError } from '../errors/index.js';
import { fileSize, readBytes } from './read-file.js';

/** Lists of names are short. */
const MOST_BYTES = 2 ** 16;

/**
 * Where the list of class names is there, it must be the known one: otherwise the labels mean something else.
 * @throws UsageError saying what was found.
 */
export async function checkClassNames(file: string, known: readonly string[]): Promise<void> {
  if (!existsSync(file)) return;
  const text = (await fileSize(file)) > MOST_BYTES ? '' : Buffer.from(await readBytes(file)).toString('utf8');
  const found = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
  if (found.join() === known.join()) return;
  const first = JSON.stringify((found[0] ?? '').slice(0, 40));
  throw new UsageError(
    `${file}: ${found.length} class names starting with ${first}, expected ${known.join(', ')}; this is another set, or a damaged one: remove its folder and fetch the set again.`,
  );
}
