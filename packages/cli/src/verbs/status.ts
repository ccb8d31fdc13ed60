import { UsageError } from '@strata/core/errors';
import { listRuns, type RunState, type StoredRun } from '@strata/experiments/store';
import { existingStore } from '../existing-store.js';
import { showSweeps } from '../live/status-watch.js';
import { watchStore } from '../live/watch-store.js';
import { formatDuration, formatTable, printJson } from '../print.js';
import { stopOnSignal } from '../signals.js';
import { EXIT, verb } from '../verb.js';

/** A living owner shows itself every few seconds. */
const SILENT_SECONDS = 30;

export const status = verb({
  name: 'status',
  describe: 'What the store holds: which runs are done, under way, unfinished, failed',
  positionals: [],
  options: ['store', 'watch', 'json'],
  async run(_, { store: given, watch, json }) {
    const store = await existingStore(given);
    if (watch) {
      if (json) throw new UsageError('--watch and --json exclude each other; leave one out.');
      console.log(store);
      const stop = stopOnSignal(() => {});
      await showSweeps(watchStore(store, stop.signal), process);
      stop.end();
      return EXIT.done;
    }
    const runs = await listRuns(store);
    if (json) printJson({ store, counts: countStates(runs), runs: runs.map(runDocument) });
    else console.log(`${store}\n\n${statusText(runs)}`);
    return EXIT.done;
  },
});

function countStates(runs: readonly StoredRun[]): Readonly<Record<RunState, number>> {
  const counts = { planned: 0, running: 0, done: 0, failed: 0, diverged: 0 };
  for (const { state } of runs) counts[state]++;
  return counts;
}

function runDocument({ id, run, state, reason, step, steps, silentSeconds, holder }: StoredRun): object {
  return {
    id,
    model: run?.model.name ?? null,
    dataset: run?.dataset.name ?? null,
    seed: run?.seed ?? null,
    state,
    reason,
    step,
    steps,
    host: holder?.owner?.host ?? null,
    pid: holder?.owner?.pid ?? null,
    job: holder?.owner?.job ?? null,
    silentSeconds,
  };
}

function statusText(runs: readonly StoredRun[]): string {
  if (runs.length === 0) return 'No runs yet.';
  const rows = runs.map(({ id, run, state, reason, step, steps, silentSeconds }) => [
    id,
    run?.model.name ?? 'damaged',
    `${run?.seed ?? ''}`,
    steps === null ? '' : `${step ?? 0}/${steps}`,
    // A run that was begun and left is not what a reader takes "planned" for.
    state === 'planned' ? 'unfinished' : state,
    [
      reason ?? '',
      silentSeconds !== null && silentSeconds > SILENT_SECONDS
        ? `silent for ${formatDuration(silentSeconds)}`
        : '',
    ]
      .filter(text => text !== '')
      .join(', '),
  ]);
  const counts = Object.entries(countStates(runs))
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state === 'planned' ? 'unfinished' : state}`);
  return `${formatTable(['run', 'model', 'seed', 'step', 'state', ''], rows, [2, 3])}\n\n${counts.join(', ')}.`;
}
