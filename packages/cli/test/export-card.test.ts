import { fitInput, openDataSet, readyInput, subsetOf } from '@strata/core/data';
import { decodeSafetensors } from '@strata/core/training';
import { experimentNamed } from '@strata/experiments/catalog';
import { imagesNeeded } from '@strata/experiments/plan';
import type { Run } from '@strata/experiments/store';
import { expect, it } from 'vitest';
import { exportCard } from '../src/export-card.js';

const normalisation = { kind: 'zca', scale: 55, bias: 0.1 } as const;
const input = [1, 28, 28] as const;

it('comes with the tensors by which images are whitened as they were in training', async () => {
  const { recipe } = experimentNamed('lenet-mnist').profiles.smoke;
  const model = { name: 'lenet-1', options: { input } };
  const { dataSet } = await openDataSet('shapes', imagesNeeded(model, recipe));
  const run = {
    model,
    dataset: { name: 'shapes', checksum: dataSet.checksum, subset: { train: 40, test: 10 } },
    recipe: { ...recipe, normalisation, augmentation: [] },
    seed: 0,
  } as unknown as Run;
  const { card, files } = await exportCard(run, undefined);
  expect(card.preprocessing).toMatchObject({ ...normalisation, tensors: expect.stringMatching(/whitening/) });
  const bytes = files.get('preprocessing.safetensors') as Uint8Array;
  const { state } = decodeSafetensors(bytes, 'preprocessing.safetensors');
  const mean = state.get('mean')?.data as Float32Array;
  const whitening = state.get('whitening')?.data as Float32Array;

  const { train } = subsetOf(dataSet, run.dataset.subset);
  const trained = await readyInput(
    train,
    normalisation,
    await fitInput(train, { normalisation, augmentation: [], input }),
  );
  const gcn = await readyInput(
    train,
    { kind: 'gcn', scale: 55 },
    await fitInput(train, { normalisation: { kind: 'gcn', scale: 55 }, augmentation: [], input }),
  );
  if (!('values' in trained && 'values' in gcn)) throw new Error('these are held in memory, normalised');
  const centred = gcn.values(3).map((value, i) => value - (mean[i] as number));
  const size = mean.length;
  for (const j of [0, 100, 400, size - 1]) {
    const value = centred.reduce((sum, x, i) => sum + x * (whitening[i * size + j] as number), 0);
    expect(value).toBeCloseTo(trained.values(3)[j] as number, 4);
  }
});
