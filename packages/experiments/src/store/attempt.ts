import { appendFile, type FileHandle, mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Checkpoint, TrainingEvent } from '@strata/core/training';
import { type OnWriteStage, replaceFile, writeAtomically } from './atomic.js';
import { findCheckpoint, promotePrevious, saveCheckpoint } from './checkpoints.js';
import { readIfThere, sealed, writing } from './documents.js';
import { runFiles } from './files.js';
import { startHeartbeat } from './heartbeat.js';
import { asOwner, checkLease, discard, releaseLease, takeLease } from './lease.js';
import { usualLeaseTimes } from './lease-watch.js';
import type { Run, RunResult } from './run.js';

/** One owner's work on a run. Every write checks that the run is still its own; @throws LeaseLost from any of them. */
export interface Attempt {
  /** Aborted when another has taken the run over. */
  readonly lost: AbortSignal;
  /** The state to go on from. What was damaged is passed over, with a word in the log. */
  newestCheckpoint(): Promise<Checkpoint | undefined>;
  /** Forgets what earlier attempts have left. */
  startAfresh(): Promise<void>;
  /** Makes `events.jsonl` hold exactly these. */
  beginEvents(events: readonly TrainingEvent[]): Promise<void>;
  append(events: readonly TrainingEvent[]): Promise<void>;
  save(checkpoint: Checkpoint): Promise<void>;
  /** Keeps the final weights, then the result: once the result is there the run is over. */
  finish(final: Checkpoint, result: RunResult): Promise<void>;
  fail(reason: string): Promise<void>;
  log(line: string): Promise<void>;
  /** Gives the run up: what was not finished can be gone on with by anybody. */
  end(): Promise<void>;
}

export interface AttemptOptions {
  /** Token of a holder that was silent for too long: it may be replaced. */
  readonly dead?: string;
  readonly beatMs?: number;
  /** Called as a checkpoint is written. */
  readonly onStage?: OnWriteStage;
}

/** Begins to work on a run; undefined where somebody else does. */
export async function beginAttempt(
  store: string,
  id: string,
  run: Run,
  { dead, beatMs = usualLeaseTimes.beatMs, onStage }: AttemptOptions = {},
): Promise<Attempt | undefined> {
  const files = runFiles(store, id);
  const lease = await writing(store, async () => {
    await mkdir(files.folder, { recursive: true });
    return takeLease(store, id, dead);
  });
  if (!lease) return undefined;
  const heartbeat = startHeartbeat({ file: lease.beat, beatMs });
  let events: FileHandle | undefined;

  const write = <T>(work: () => Promise<T>): Promise<T> => writing(store, () => asOwner(lease, work));
  const put = (file: string, text: string): Promise<void> =>
    write(() => writeAtomically(file, text, { growIn: lease.folder }));
  const log = (line: string): Promise<void> => appendLog(store, id, line);

  const attempt: Attempt = {
    lost: heartbeat.lost,
    log,

    async newestCheckpoint() {
      const { checkpoint, file, warnings } = await findCheckpoint(store, id);
      const next = checkpoint
        ? `going on from step ${checkpoint.progress.step}`
        : 'starting from the beginning';
      for (const warning of warnings) await log(`warning: ${warning} ${next}`);
      if (file === files.previousCheckpoint) await write(() => promotePrevious(lease));
      return checkpoint;
    },

    async startAfresh() {
      await write(async () => {
        for (const file of [files.checkpoint, files.previousCheckpoint]) await discard(lease, file);
      });
    },

    async beginEvents(kept) {
      const text = linesOf(kept);
      if (!continues((await readIfThere(files.events)) ?? '', text)) {
        await log(`warning: ${basename(files.events)} was damaged; written again from the checkpoint`);
      }
      await write(async () => {
        const old = events;
        events = await replaceFile(files.events, text, { growIn: lease.folder });
        await old?.close();
      });
    },

    async append(more) {
      await write(async () => {
        await checkLease(lease);
        await events?.appendFile(linesOf(more));
      });
    },

    save: checkpoint => write(() => saveCheckpoint(lease, checkpoint, onStage)),

    async finish(final, result) {
      await write(async () => {
        await checkLease(lease);
        await events?.sync();
        await saveCheckpoint(lease, final, onStage);
      });
      await put(files.result, sealed(result, 2));
      await write(() => discard(lease, files.previousCheckpoint));
    },

    async fail(reason) {
      await put(files.failure, `${JSON.stringify({ reason })}\n`);
      await log(`failed: ${reason}`);
    },

    async end() {
      await heartbeat.stop();
      await events?.close();
      await releaseLease(lease);
    },
  };
  try {
    await put(files.run, `${JSON.stringify(run, null, 2)}\n`);
    await write(() => discard(lease, files.failure));
  } catch (error) {
    await attempt.end();
    throw error;
  }
  return attempt;
}

/** Marks a run as failed that was not even begun. */
export async function recordFailure(store: string, id: string, run: Run, reason: string): Promise<void> {
  const attempt = await beginAttempt(store, id, run);
  await attempt?.fail(reason);
  await attempt?.end();
}

export async function appendLog(store: string, id: string, line: string): Promise<void> {
  await writing(store, () => appendFile(runFiles(store, id).log, `${new Date().toISOString()} ${line}\n`));
}

function linesOf(events: readonly TrainingEvent[]): string {
  return events.map(event => `${JSON.stringify(event)}\n`).join('');
}

/** Whether a list of events holds those of a checkpoint; the line of the start is written anew each time. */
function continues(found: string, kept: string): boolean {
  const withoutStart = (text: string): string => text.slice(text.indexOf('\n') + 1);
  return withoutStart(found).startsWith(withoutStart(kept));
}
