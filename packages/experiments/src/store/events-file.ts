import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import type { TrainingEvent } from '@strata/core/training';
import { replaceFile } from './atomic.js';
import { readIfThere } from './documents.js';
import { runFiles } from './files.js';
import { checkLease, type Lease } from './lease.js';
import { appendLog } from './log.js';

/** `events.jsonl` in the hands of a run's owner. */
export interface EventsFile {
  /** Makes it hold exactly these. */
  begin(events: readonly TrainingEvent[]): Promise<void>;
  append(events: readonly TrainingEvent[]): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Each owner begins a file of its own, under the same name: what an earlier owner may still append goes to the old one,
 * which nobody reads.
 */
export function eventsFile(lease: Lease): EventsFile {
  const { events: file } = runFiles(lease.store, lease.id);
  let handle: FileHandle | undefined;
  return {
    async begin(events) {
      const text = linesOf(events);
      if (!continues((await readIfThere(file)) ?? '', text)) {
        const warning = `warning: ${basename(file)} was damaged; written again from the checkpoint`;
        await appendLog(lease.store, lease.id, warning);
      }
      const old = handle;
      handle = await replaceFile(file, text, { growIn: lease.folder });
      await old?.close();
    },
    async append(events) {
      await checkLease(lease);
      await handle?.appendFile(linesOf(events));
    },
    async sync() {
      await checkLease(lease);
      await handle?.sync();
    },
    close: async () => handle?.close(),
  };
}

/** The same events in two files. */
export function both(first: EventsFile, second: EventsFile): EventsFile {
  const each = async (work: (file: EventsFile) => Promise<void>): Promise<void> => {
    await work(first);
    await work(second);
  };
  return {
    begin: events => each(file => file.begin(events)),
    append: events => each(file => file.append(events)),
    sync: () => each(file => file.sync()),
    close: () => each(file => file.close()),
  };
}

function linesOf(events: readonly TrainingEvent[]): string {
  return events.map(event => `${JSON.stringify(event)}\n`).join('');
}

/** Whether a list of events holds those of a checkpoint; the line of the start is written anew each time. */
function continues(found: string, kept: string): boolean {
  const withoutStart = (text: string): string => text.slice(text.indexOf('\n') + 1);
  return withoutStart(found).startsWith(withoutStart(kept));
}
