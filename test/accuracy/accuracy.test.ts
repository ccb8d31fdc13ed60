import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realData } from '../../packages/core/test/data/photos.js';
import { mean, sampleDeviation } from '../../packages/reports/src/statistics/mean.js';
import { baselines } from './nets.js';
import { type TrainedSeed, trainBaseline } from './train-baseline.js';

/** Seeds to train, as `0,1,2`; `nx run test:accuracy` names them, and without any nothing is trained. */
const { STRATA_ACCURACY } = process.env;
const seeds = (STRATA_ACCURACY ?? '').split(',').filter(Boolean).map(Number);

for (const baseline of baselines) {
  const { title, profile, mostError } = baseline;
  const folder = realData(profile.dataset);
  const why =
    seeds.length === 0
      ? ' (skipped: nx run test:accuracy trains it)'
      : folder === undefined
        ? ` (skipped: no ${profile.dataset} in STRATA_DATA_DIR)`
        : '';
  describe.skipIf(why !== '')(`${title}${why}`, () => {
    it(`errs on at most ${mostError} % of the test images`, { timeout: 3_600_000 }, async () => {
      const trained = await trainBaseline(baseline, seeds, dirname(folder ?? ''));
      console.log(report(title, trained));
      expect(Math.max(...trained.map(({ testError }) => testError))).toBeLessThanOrEqual(mostError);
    });
  });
}

function report(title: string, trained: readonly TrainedSeed[]): string {
  const lines = trained.map(
    ({ seed, testError, trainError, trainLoss, seconds }) =>
      `  seed ${seed}: test error ${testError.toFixed(2)} %, training error ${trainError.toFixed(2)} %, training loss ${trainLoss.toFixed(3)}, ${seconds.toFixed(0)} s`,
  );
  const errors = trained.map(({ testError }) => testError);
  const spread =
    errors.length > 1 ? `, deviation over seeds ${sampleDeviation(errors).toFixed(2)} points` : '';
  return [title, ...lines, `  mean ${mean(errors).toFixed(2)} %${spread}`].join('\n');
}
