import { UsageError } from '@strata/core/errors';
import type { Plan, PlannedEnsemble } from '../plan/index.js';
import { isTested } from './evaluate-run.js';
import type { Executor } from './executors/index.js';
import type { JobOutcome } from './perform-job.js';

export interface EnsembleContext {
  readonly store: string;
  readonly executor: Executor;
  readonly signal: AbortSignal;
}

/**
 * Tests networks together where the store does not hold that yet. All of them must be trained.
 * @throws Error where that fails; UsageError when the user has to mend something.
 */
export async function testEnsembles(
  { store, executor, signal }: EnsembleContext,
  ensembles: Plan['ensembles'],
): Promise<void> {
  const stopped = new Promise<void>(resolve => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const running = new Set<Promise<void>>();
  for (const ensemble of ensembles) {
    if (await isTested(store, ensemble)) continue;
    const execution = await room(() => executor.start({ ensemble }, () => {}), running, stopped);
    if (signal.aborted || !execution) return;
    const work = execution.outcome
      .then(outcome => check(ensemble, outcome))
      .finally(() => running.delete(work));
    running.add(work);
  }
  await Promise.race([Promise.all(running), stopped]);
}

/** Starts as soon as something that runs has made room. */
async function room<T>(
  start: () => T | undefined,
  running: ReadonlySet<Promise<void>>,
  stopped: Promise<void>,
): Promise<T | undefined> {
  for (;;) {
    const started = start();
    if (started || running.size === 0) return started;
    await Promise.race([...running, stopped]);
  }
}

function check({ ensemble, seeds }: PlannedEnsemble, outcome: JobOutcome): void {
  if (outcome.type === 'tested') return;
  if (outcome.type === 'refused') throw new UsageError(outcome.message);
  const reason = 'reason' in outcome ? outcome.reason : outcome.type;
  throw new Error(`${ensemble.name} of seeds ${seeds.join(', ')} could not be tested: ${reason}`);
}
