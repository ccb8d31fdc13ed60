import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realData } from '../../packages/core/test/data/photos.js';
import { cases } from './cases.js';
import { type RegressionRun, type TrainedCase, trainCase } from './train-case.js';

/**
 * Results of before, by case: the same bit for bit on a machine of the same kind, and within bands on others, which
 * round otherwise: their paths part step by step. After a change that is meant to alter results they are made anew by
 * `STRATA_REGRESSION=write npx nx run test:regression`, on the kind of machine that they name.
 */
const file = new URL('references.json', import.meta.url);
const references: Record<string, TrainedCase> = JSON.parse(readFileSync(file, 'utf8'));
const isWriting = process.env.STRATA_REGRESSION === 'write';

/** On another kind: of the training loss, relative, and of the error over 200 images, in points. */
const LOSS_BAND = 0.1;
const ERROR_BAND = 10;

for (const own of cases) {
  const isGenerated = own.profile.dataset === 'shapes';
  const folder = isGenerated ? undefined : realData(own.profile.dataset);
  const why =
    isGenerated || folder !== undefined ? '' : ` (skipped: no ${own.profile.dataset} in STRATA_DATA_DIR)`;
  describe.skipIf(why !== '')(`${own.name}${why}`, () => {
    it('comes to what it came to before', { timeout: 180_000 }, async () => {
      const trained = await trainCase(own, folder === undefined ? undefined : dirname(folder));
      if (isWriting) {
        references[own.name] = trained;
        writeFileSync(file, `${JSON.stringify(references, null, 2)}\n`);
      }
      const reference = references[own.name];
      if (reference?.kind === trained.kind) expect(trained).toEqual(reference);
      else expectNear(trained.runs, reference?.runs ?? []);
    });
  });
}

function expectNear(runs: readonly RegressionRun[], reference: readonly RegressionRun[]): void {
  expect(runs.map(({ variant, seed }) => [variant, seed])).toEqual(
    reference.map(({ variant, seed }) => [variant, seed]),
  );
  for (const [i, { trainLoss, testError }] of runs.entries()) {
    const was = reference[i] as RegressionRun;
    expect(Math.abs(trainLoss / was.trainLoss - 1)).toBeLessThan(LOSS_BAND);
    expect(Math.abs(testError - was.testError)).toBeLessThan(ERROR_BAND);
  }
}
