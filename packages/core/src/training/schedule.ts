import type { ConstantWarmUp, PlateauSchedule, Schedule } from './recipe.js';

/** What a schedule goes by of a finished epoch: as its `EpochEvent` reports it. Errors in percent. */
export interface EpochErrors {
  readonly trainTop1Error: number;
  /** On the validation images, where there are any. */
  readonly validationTop1Error?: number;
}

/**
 * The learning rate of a step, counted from 0 of `steps`, after the epochs that were finished before it. Drops at fixed
 * fractions of the training are what every variant meets at the same step, which keeps variants paired; drops by
 * validation error do not.
 */
export function learningRateAt(
  schedule: Schedule,
  step: number,
  steps: number,
  finished: readonly EpochErrors[] = [],
): number {
  const { initial, factor, warmUpSteps, warmUp } = schedule;
  if (warmUp && isWarmingUp(warmUp, step, finished)) return warmUp.rate;
  const drops =
    schedule.kind === 'steps'
      ? schedule.dropAt.filter(fraction => step >= Math.round(fraction * steps)).length
      : plateauDrops(schedule, finished);
  const rise = warmUpSteps > 0 ? Math.min(1, (step + 1) / warmUpSteps) : 1;
  return initial * factor ** drops * rise;
}

function isWarmingUp(
  { steps = Number.POSITIVE_INFINITY, trainError = 0 }: ConstantWarmUp,
  step: number,
  finished: readonly EpochErrors[],
): boolean {
  return step < steps && !finished.some(({ trainTop1Error }) => trainTop1Error < trainError);
}

/** How often the rate has dropped after these epochs. After a drop the count of epochs without a new lowest starts again. */
function plateauDrops({ patience, drops }: PlateauSchedule, finished: readonly EpochErrors[]): number {
  let [lowest, waited, dropped] = [Number.POSITIVE_INFINITY, 0, 0];
  for (const { validationTop1Error = Number.POSITIVE_INFINITY } of finished) {
    waited = validationTop1Error < lowest ? 0 : waited + 1;
    lowest = Math.min(lowest, validationTop1Error);
    if (waited < patience || dropped === drops) continue;
    dropped++;
    waited = 0;
  }
  return dropped;
}
