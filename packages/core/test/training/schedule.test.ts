import {
  type EpochErrors,
  learningRateAt,
  type PlateauSchedule,
  type Schedule,
  type StepSchedule,
} from '@strata/core/training';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import torchCourses from '../fixtures/plateau.json' with { type: 'json' };

const schedule: StepSchedule = {
  kind: 'steps',
  initial: 0.01,
  dropAt: [0.5, 0.75],
  factor: 0.1,
  warmUpSteps: 0,
};
const plateau: PlateauSchedule = {
  kind: 'plateau',
  initial: 1,
  factor: 0.5,
  patience: 2,
  drops: 3,
  warmUpSteps: 0,
};

/** Epochs with these validation errors. */
function finished(errors: readonly number[]): readonly EpochErrors[] {
  return errors.map(error => ({ trainTop1Error: 50, validationTop1Error: error }));
}

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

  it('stays where nothing drops it', () => {
    fc.assert(
      fc.property(fc.nat(999), step => {
        expect(learningRateAt({ ...schedule, dropAt: [] }, step, 1000)).toBe(0.01);
      }),
    );
  });
});

describe('a constant warm-up', () => {
  const resnet110: Schedule = { ...schedule, initial: 0.1, warmUp: { rate: 0.01, trainError: 80 } };
  const epochs = (...errors: readonly number[]): readonly EpochErrors[] =>
    errors.map(trainTop1Error => ({ trainTop1Error }));

  it('lasts until an epoch has trained below the error, and does not come back', () => {
    expect(learningRateAt(resnet110, 0, 1000)).toBe(0.01);
    expect(learningRateAt(resnet110, 390, 1000, epochs(80))).toBe(0.01);
    expect(learningRateAt(resnet110, 391, 1000, epochs(80, 79.9))).toBe(0.1);
    expect(learningRateAt(resnet110, 400, 1000, epochs(80, 79.9, 85))).toBe(0.1);
  });

  it('lasts for its steps, unless the error is reached before', () => {
    const both: Schedule = { ...schedule, initial: 0.1, warmUp: { rate: 0.01, steps: 10, trainError: 80 } };
    expect(learningRateAt(both, 9, 1000)).toBe(0.01);
    expect(learningRateAt(both, 10, 1000)).toBe(0.1);
    expect(learningRateAt(both, 9, 1000, epochs(70))).toBe(0.1);
  });
});

describe('a plateau', () => {
  it.each(torchCourses)(
    'drops when PyTorch drops, with patience $patience',
    ({ patience, errors, rates }) => {
      const asked = errors.map((_, i) =>
        learningRateAt({ ...plateau, patience, drops: 99 }, 0, 1, finished(errors.slice(0, i + 1))),
      );
      expect(asked).toEqual(rates);
    },
  );

  it('drops at most as often as it is told, and never rises', () => {
    const errors = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 40 });
    fc.assert(
      fc.property(errors, fc.integer({ min: 1, max: 4 }), (list, patience) => {
        const rates = list.map((_, i) =>
          learningRateAt({ ...plateau, patience }, i, 100, finished(list.slice(0, i))),
        );
        for (const [i, rate] of rates.entries()) {
          expect(rate).toBeGreaterThanOrEqual(1 / 8);
          expect(rate).toBeLessThanOrEqual(rates[i - 1] ?? 1);
        }
      }),
    );
  });
});
