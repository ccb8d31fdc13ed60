import { cpus, loadavg, totalmem } from 'node:os';
import type { Engine } from '@strata/core/engine';
import { stepContender, takeTurns } from '@strata/core/engine/bench';
import { UsageError } from '@strata/core/errors';
import { type Plan, type StepToTime, stepsToTime } from '../plan/index.js';
import type { Timing } from '../store/index.js';
import { environmentOf } from './environment.js';

/** A turn is as many steps as fill it, so that one step of a small network is not lost in the clock's noise. */
export const TURN_SECONDS = 1;

export interface TimeStepsOptions {
  readonly engine: Engine;
  /** All cores when left out. */
  readonly threads?: number;
  /** Turns of each variant. */
  readonly rounds: number;
}

/**
 * Times a training step of every planned variant on drawn images, nothing trained and no data read: each in a process of
 * its own, of which one works at a time, by turns. Nobody else should be at work on the machine; its load before is
 * recorded with the times.
 * @throws UsageError where the machine cannot hold all of them at once.
 */
export async function timeSteps(
  plan: Plan,
  { engine, rounds, threads = cpus().length }: TimeStepsOptions,
): Promise<Timing> {
  const [load = 0] = loadavg();
  const steps = stepsToTime(plan);
  checkMemory(steps);
  const contenders = steps.map(({ model, batchSize, optimizer, frozen }) =>
    stepContender({ engine: engine.name, model, batchSize, optimizer, frozen, threads }),
  );
  const turns = await takeTurns(contenders, { roundSeconds: TURN_SECONDS, rounds });
  return {
    experiment: plan.experiment.name,
    profile: plan.profileName,
    measured: new Date().toISOString(),
    environment: environmentOf(engine, threads),
    load,
    steps: steps.map(({ variant, step, batchSize }, i) => ({
      variant,
      step,
      batchSize,
      seconds: (turns[i] ?? []).map(({ steps: count, seconds }) => (seconds[0] ?? Number.NaN) / count),
    })),
  };
}

/** The processes wait for their turns with all that they hold. */
function checkMemory(steps: readonly StepToTime[]): void {
  const needed = steps.reduce((sum, { bytes }) => sum + bytes, 0);
  if (needed <= totalmem()) return;
  const names = steps.map(({ variant }) => variant).join(', ');
  throw new UsageError(
    `Timing ${names} side by side wants ${gigabytes(needed)}, and this machine has ${gigabytes(totalmem())}; time fewer with --only, or a smaller batch with --set recipe.batchSize=8.`,
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
