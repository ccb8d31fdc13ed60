// A runner of one plan, to be killed, frozen and joined by others. Prints what happens, one JSON document a line.
import { readFileSync } from 'node:fs';
import { localExecutor, runPlan, slurmExecutor } from '../../packages/experiments/dist/runner/index.js';

const task = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { plan, store, slots, pace, leaseTimes, script } = task;
const common = {
  store,
  source: { name: plan.data.name, imageShape: plan.data.shape },
  pace,
  beatMs: leaseTimes.beatMs,
  ...(script && { script }),
};
const times = { gather: 100, look: 50, ask: 300, askAtMost: 1000 };
const executor =
  task.executor === 'slurm'
    ? await slurmExecutor({ ...common, name: 'faults', options: {}, threads: 1, tellMs: 10, times })
    : localExecutor({ ...common, places: [{ slots, threads: 1, bytes: 1e12 }] });
const tell = document => console.log(JSON.stringify(document));
try {
  const { runs } = await runPlan(
    {
      store,
      executor,
      leaseTimes,
      retries: 1000,
      signal: new AbortController().signal,
      onEvent: ({ planned, result: _, ...event }) => tell({ id: planned.id, ...event }),
    },
    plan,
  );
  tell({ type: 'over', runs: Object.fromEntries(runs) });
} catch (error) {
  tell({ type: 'refused', message: error.message });
} finally {
  await executor.close();
}
