import { appendFile } from 'node:fs/promises';
import { writing } from './documents.js';
import { runFiles } from './files.js';

/** Adds a line to a run's log, for people. */
export async function appendLog(store: string, id: string, line: string): Promise<void> {
  await writing(store, () => appendFile(runFiles(store, id).log, `${new Date().toISOString()} ${line}\n`));
}
