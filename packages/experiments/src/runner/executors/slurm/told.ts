import { appendFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { systemCode } from '@strata/core/errors';
import type { FromJob } from '../job-task.js';

/** What a job tells through a file, where a local one speaks to its parent. */
export type Told = FromJob | { readonly type: 'attempt'; readonly job: string; readonly host: string };

/** Adds to what a job tells. A line that the death of an earlier attempt has torn ends here. */
export function tell(file: string, message: Told): void {
  appendFileSync(file, `\n${JSON.stringify(message)}\n`, { flush: message.type === 'outcome' });
}

/** Reads a file that grows; each call gives what is new, whole lines only. Undefined once the file is gone. */
export function listenTo(file: string): () => Promise<readonly Told[] | undefined> {
  let offset = 0;
  return async () => {
    const bytes = await readFrom(file, offset);
    if (!bytes) return undefined;
    const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
    offset += whole.length;
    return whole.toString().split('\n').flatMap(parseLine);
  };
}

/** Opened anew each time: that is when NFS looks for what another machine has written. */
async function readFrom(file: string, offset: number): Promise<Buffer | undefined> {
  try {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      const bytes = Buffer.alloc(Math.max(0, size - offset));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
      return bytes.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parseLine(line: string): readonly Told[] {
  try {
    return line === '' ? [] : [JSON.parse(line) as Told];
  } catch {
    return [];
  }
}
