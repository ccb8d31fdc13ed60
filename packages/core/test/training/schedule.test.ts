import { learningRateAt, type Schedule } from '@strata/core/training';
import { describe, expect, it } from 'vitest';

const schedule: Schedule = { kind: 'steps', initial: 0.01, dropAt: [0.5, 0.75], factor: 0.1, warmUpSteps: 0 };

describe('learning rate', () => {
  it('drops at its fractions of the training', () => {
    const rates = Array.from({ length: 8 }, (_, step) => learningRateAt(schedule, step, 8));
    const expected = [0.01, 0.01, 0.01, 0.01, 0.001, 0.001, 1e-4, 1e-4];
    expect(rates.map(rate => Number(rate.toPrecision(6)))).toEqual(expected);
  });

  it('rises linearly over the first steps where it is asked to', () => {
    const warm = { ...schedule, warmUpSteps: 4 };
    expect([0, 1, 3, 4].map(step => learningRateAt(warm, step, 100))).toEqual([0.0025, 0.005, 0.01, 0.01]);
  });
});
