import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataSet, shapes } from '@strata/core/data';
import { loadEngine, type State } from '@strata/core/engine';
import { buildModel } from '@strata/core/models';
import { encodeSafetensors, initialState, nameMaps } from '@strata/core/training';
import { experimentNamed } from '@strata/experiments/catalog';
import { overrideProfile, type Plan, planExperiment, resolveStart } from '@strata/experiments/plan';
import { classifyFeatures, featuresOfRun, inProcessExecutor, runPlan } from '@strata/experiments/runner';
import { keepWeightFile, openStore, readEvents, readWeights, runStatus } from '@strata/experiments/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const experiment = experimentNamed('vgg-depth');
const data = (await openDataSet('shapes', { imageShape: [3, 32, 32] })).dataSet;
const engine = await loadEngine('onnx');
const FIRST_TWO = 'recipe.freeze={"kind":"first","layers":2}';

let store: string;
beforeEach(async () => {
  store = await openStore(await mkdtemp(join(tmpdir(), 'strata-transfer-')));
});
afterEach(() => rm(store, { recursive: true, force: true }));

/** Trains A with settings; of 12 classes it has another last layer than of the set's 10. */
async function trainA(settings: readonly string[], classes = 10): Promise<Plan> {
  const tiny = ['recipe.epochs=1', 'subset.train=64', 'subset.test=50', ...settings];
  const profile = overrideProfile(experiment.profiles.smoke, tiny);
  const start = await resolveStart(profile);
  const [train, test] = [data.train.count, data.test.count];
  const planned = {
    name: data.name,
    checksum: data.checksum,
    shape: data.shape ?? null,
    classes,
    train,
    test,
    note: null,
  };
  const plan = planExperiment({
    ...{ experiment, profileName: 'smoke' as const, profile, data: planned, engine: engine.name },
    ...{ seeds: [0], only: ['A'], ...(start && { start }) },
  });
  if (start?.file) await keepWeightFile(store, start.file.path, start.file.sha256);
  const executor = inProcessExecutor({ store, data, engine });
  const signal = new AbortController().signal;
  const outcome = await runPlan({ store, executor, signal, onEvent: () => {} }, plan);
  expect([...outcome.runs.values()]).toEqual(['trained']);
  return plan;
}

async function weightsOf({ runs: [planned] }: Plan): Promise<State> {
  return readWeights(store, planned?.id ?? '');
}

/** Frozen, trained further, and drawn anew. */
function expectTransfer(after: State, before: State): void {
  for (const name of ['conv1_1.weight', 'conv2_1.bias'])
    expect(after.get(name), name).toEqual(before.get(name));
  expect(after.get('conv3_1.weight')).not.toEqual(before.get('conv3_1.weight'));
  expect(after.get('fc3.weight')?.shape[0]).toBe(12);
}

describe('transfer', () => {
  it('starts from a run, keeps its first layers, and trains the rest on other classes', async () => {
    const source = await trainA([]);
    const target = await trainA([`start.run=${source.runs[0]?.id}`, FIRST_TWO], 12);
    expectTransfer(await weightsOf(target), await weightsOf(source));
  });

  it('starts from a file that names layers as torchvision does', async () => {
    const net = buildModel({ name: 'vgg-a', options: { ...experiment.profiles.smoke.options, classes: 10 } });
    const weights = initialState(net, { kind: 'msra', bias: 0.125 }, 9);
    const theirs = nameMaps['torchvision-vgg'](net);
    const renamed = [...weights].map(([name, tensor]) => {
      const dot = name.lastIndexOf('.');
      return [`${theirs.get(name.slice(0, dot))}${name.slice(dot)}`, tensor] as const;
    });
    const path = join(store, 'vgg11.safetensors');
    await writeFile(path, encodeSafetensors(new Map(renamed)));
    const settings = [`start.file=${path}`, 'start.names=torchvision-vgg', FIRST_TWO];
    const target = await trainA(settings, 12);
    expectTransfer(await weightsOf(target), weights);
  });

  it('takes the features of a layer, and a linear classifier of them', async () => {
    const {
      runs: [planned],
    } = await trainA([]);
    const context = { store, data, engine };
    const request = { run: planned?.id ?? '', layer: 'fc2' };
    const features = await featuresOfRun(context, { ...request, split: 'train' });
    expect(features).toMatchObject({ count: 64, width: 32 });
    const errors = await classifyFeatures(context, request);
    expect(errors.trainTop1Error).toBeLessThan(80);
    expect(errors.testTop1Error).toBeLessThanOrEqual(100);
    expect(await classifyFeatures(context, request)).toEqual(errors);
    await expect(featuresOfRun(context, { ...request, run: 'none', split: 'test' })).rejects.toThrow(
      /has no run "none"/,
    );
  });

  it('takes features of another data set, and refuses other images by the name of its own', async () => {
    const {
      runs: [planned],
    } = await trainA([]);
    const request = { run: planned?.id ?? '', layer: 'fc2' };
    const own = await featuresOfRun({ store, data, engine }, { ...request, split: 'test' });
    const others = shapes({ shape: [3, 32, 32], train: 80, test: 50 });
    const other = { ...others, name: 'other', checksum: '0'.repeat(64) };
    const features = await featuresOfRun({ store, data: other, engine }, { ...request, split: 'test' });
    expect(features).toMatchObject({ count: 50, width: own.width });
    expect(features.values).not.toEqual(own.values);
    const { testTop1Error } = await classifyFeatures({ store, data: other, engine }, request);
    expect(testTop1Error).toBeLessThanOrEqual(100);
    const changed = { ...data, checksum: '0'.repeat(64) };
    await expect(
      featuresOfRun({ store, data: changed, engine }, { ...request, split: 'test' }),
    ).rejects.toThrow(/is not the one/);
  });

  it('drops the rate by the error on images that are held back', async () => {
    const plateau = { kind: 'plateau', initial: 0, factor: 0.5, patience: 1, drops: 1, warmUpSteps: 0 };
    const settings = [
      'recipe.epochs=3',
      'subset.validation=20',
      `recipe.schedule=${JSON.stringify(plateau)}`,
    ];
    const {
      runs: [planned],
    } = await trainA(settings);
    const epochs = (await readEvents(store, planned?.id ?? '')).flatMap(event =>
      event.type === 'epoch' ? [event] : [],
    );
    expect(epochs.map(({ validation }) => validation?.count)).toEqual([20, 20, 20]);
    expect((await runStatus(store, planned?.id ?? '')).result?.state).toBe('done');
  });
});
