import type { Schedule } from './recipe.js';

/**
 * The learning rate of a step, counted from 0 of `steps`. The rate drops at fixed fractions of the training, where the
 * papers wait for the validation error to stop improving: what every variant meets at the same step keeps them paired.
 */
export function learningRateAt(schedule: Schedule, step: number, steps: number): number {
  const drops = schedule.dropAt.filter(fraction => step >= Math.round(fraction * steps)).length;
  const warmUp = schedule.warmUpSteps > 0 ? Math.min(1, (step + 1) / schedule.warmUpSteps) : 1;
  return schedule.initial * schedule.factor ** drops * warmUp;
}
