import type { Checkpoint, TrainingEvent } from '@strata/core/training';
import { makeFolder, type OnWriteStage, writeAtomically } from './atomic.js';
import { findCheckpoint, promotePrevious, saveCheckpoint } from './checkpoints.js';
import { sealed, writing } from './documents.js';
import { both, type EventsFile, eventsFile } from './events-file.js';
import { runFiles } from './files.js';
import { type Heartbeat, startHeartbeat } from './heartbeat.js';
import { asOwner, discard, type Lease, releaseLease, takeLease } from './lease.js';
import { usualLeaseTimes } from './lease-watch.js';
import { appendLog } from './log.js';
import type { Run, RunResult } from './run.js';
import { tensorboardFile } from './tensorboard-file.js';

/** One owner's work on a run. Every write checks that the run is still its own; @throws LeaseLost from any of them. */
export interface Attempt {
  /** Aborted when another has taken the run over. */
  readonly lost: AbortSignal;
  /** The state to go on from. What was damaged is passed over, with a word in the log. */
  newestCheckpoint(): Promise<Checkpoint | undefined>;
  /** Forgets what earlier attempts have left. */
  startAfresh(): Promise<void>;
  /** Makes the run an unfinished one again. */
  forgetResult(): Promise<void>;
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
  /** Keep a file for TensorBoard beside the events. */
  readonly tensorboard?: boolean;
  /** Called as a checkpoint is written. */
  readonly onStage?: OnWriteStage;
}

/** Begins to work on a run; undefined where somebody else does. */
export async function beginAttempt(
  store: string,
  id: string,
  run: Run,
  { dead, beatMs = usualLeaseTimes.beatMs, tensorboard = false, onStage }: AttemptOptions = {},
): Promise<Attempt | undefined> {
  const files = runFiles(store, id);
  const lease = await writing(store, async () => {
    await makeFolder(files.folder);
    return takeLease(store, id, dead);
  });
  if (!lease) return undefined;
  const owner = ownerOf(lease);
  const events = both(eventsFile(lease), tensorboardFile(lease, { run, isWanted: tensorboard }));
  const heartbeat = startHeartbeat({ file: lease.beat, beatMs });
  const attempt = attemptOf(lease, owner, { heartbeat, events }, onStage);
  try {
    await owner.put(files.run, `${JSON.stringify(run, null, 2)}\n`);
    await owner.write(() => discard(lease, files.failure));
    return attempt;
  } catch (error) {
    await attempt.end();
    throw error;
  }
}

/** Writes on behalf of a lease, turning what the disk refuses into one line. */
interface Owner {
  write<T>(work: () => Promise<T>): Promise<T>;
  put(file: string, text: string): Promise<void>;
}

function ownerOf(lease: Lease): Owner {
  const write = <T>(work: () => Promise<T>): Promise<T> => writing(lease.store, () => asOwner(lease, work));
  return { write, put: (file, text) => write(() => writeAtomically(file, text, { growIn: lease.folder })) };
}

function attemptOf(
  lease: Lease,
  { write, put }: Owner,
  { heartbeat, events }: { readonly heartbeat: Heartbeat; readonly events: EventsFile },
  onStage?: OnWriteStage,
): Attempt {
  const { store, id } = lease;
  const files = runFiles(store, id);
  const log = (line: string): Promise<void> => appendLog(store, id, line);
  return {
    lost: heartbeat.lost,
    log,
    beginEvents: kept => write(() => events.begin(kept)),
    append: more => write(() => events.append(more)),
    save: checkpoint => write(() => saveCheckpoint(lease, checkpoint, onStage)),

    async newestCheckpoint() {
      const { checkpoint, file, warnings } = await findCheckpoint(store, id);
      const next = checkpoint
        ? `Going on from step ${checkpoint.progress.step}`
        : 'Starting from the beginning';
      for (const warning of warnings) await log(`warning: ${warning} ${next}`);
      if (file === files.previousCheckpoint) await write(() => promotePrevious(lease));
      return checkpoint;
    },

    startAfresh: () =>
      write(async () => {
        for (const file of [files.checkpoint, files.previousCheckpoint]) await discard(lease, file);
      }),

    forgetResult: () => write(() => discard(lease, files.result)),

    async finish(final, result) {
      await write(async () => {
        await events.sync();
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
      await events.close();
      await releaseLease(lease);
    },
  };
}

/** Marks a run as failed that was not even begun. */
export async function recordFailure(store: string, id: string, run: Run, reason: string): Promise<void> {
  const attempt = await beginAttempt(store, id, run);
  await attempt?.fail(reason);
  await attempt?.end();
}
