import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '@strata/core/hash';
import { experimentNamed } from '@strata/experiments/catalog';
import { overrideProfile, type PlanRequest, planExperiment, resolveStart } from '@strata/experiments/plan';
import { describe, expect, it } from 'vitest';

const experiment = experimentNamed('vgg-depth');

function request(changes: Partial<PlanRequest> = {}): PlanRequest {
  return {
    experiment,
    profileName: 'smoke',
    profile: experiment.profiles.smoke,
    data: {
      name: 'shapes',
      checksum: 'abc',
      shape: [3, 32, 32],
      classes: 10,
      train: 1000,
      test: 1000,
      note: null,
    },
    engine: 'wasm',
    seeds: [0, 1],
    ...changes,
  };
}

const changed = (setting: string) => ({ profile: overrideProfile(experiment.profiles.smoke, [setting]) });

describe('plan', () => {
  const plan = planExperiment(request());

  it('has one run for each variant and seed, parents first', () => {
    expect(plan.runs.map(run => `${run.variant}/${run.seed}`)).toEqual(
      [0, 1].flatMap(seed => experiment.variants.map(variant => `${variant.name}/${seed}`)),
    );
    const seen = new Set<string>();
    for (const { id, run } of plan.runs) {
      for (const parent of run.parents) expect(seen).toContain(parent.run);
      expect(seen.has(id)).toBe(false);
      seen.add(id);
    }
  });

  it('starts deep nets from A of the same seed', () => {
    const a = plan.runs.find(run => run.variant === 'A' && run.seed === 1);
    const e = plan.runs.find(run => run.variant === 'E' && run.seed === 1);
    expect(e?.run.parents.map(parent => parent.run)).toEqual([a?.id]);
    expect(a?.run.parents).toEqual([]);
  });

  it('counts steps as the trainer will', () => {
    expect(plan.runs[0]?.steps).toBe(2 * 8);
  });

  it('holds validation images back from the training images', () => {
    const { train: _, ...subset } = experiment.profiles.smoke.subset;
    const profile = { ...experiment.profiles.smoke, subset: { ...subset, validation: 744 } };
    expect(planExperiment(request({ profile })).runs[0]?.steps).toBe(2 * 8);
    expect(() => planExperiment(request(changed('subset.validation=745')))).toThrow(
      'wants 256 train images beside 745 for validation, and shapes has 1000 here; use --set subset.train=255',
    );
    expect(() => planExperiment(request(changed('subset.validation=0.5')))).toThrow(
      'subset.validation is 0.5; expected a whole number above 0',
    );
    const [held] = planExperiment(request(changed('subset.validation=100'))).runs;
    expect(held?.run.dataset.subset).toMatchObject({ train: 256, validation: 100 });
    expect(held?.id).not.toBe(plan.runs[0]?.id);
  });

  it('is a pure function whose ids do not move when a profile is only renamed', () => {
    expect(planExperiment(request()).runs.map(run => run.id)).toEqual(plan.runs.map(run => run.id));
    const renamed = planExperiment(request({ profileName: 'quick' }));
    expect(renamed.runs.map(run => run.id)).toEqual(plan.runs.map(run => run.id));
  });

  it.each([
    ['engine', { engine: 'cpu' }],
    ['data', { data: { ...request().data, checksum: 'abd' } }],
    ['recipe', { profile: overrideProfile(experiment.profiles.smoke, ['recipe.epochs=3']) }],
    ['seeds', { seeds: [2, 3] }],
  ] as const)('another %s makes other runs', (_, changes) => {
    const ids = new Set(plan.runs.map(run => run.id));
    for (const { id } of planExperiment(request(changes)).runs) expect(ids).not.toContain(id);
  });

  it('brings along what a chosen variant starts from', () => {
    const chosen = planExperiment(request({ only: ['D'], seeds: [0] }));
    expect(chosen.runs.map(run => run.variant)).toEqual(['A', 'D']);
    const alone = { ...experiment.profiles.smoke, startFromTrained: false };
    expect(planExperiment(request({ only: ['D'], seeds: [0], profile: alone })).runs).toHaveLength(1);
  });

  it.each([
    [{ only: ['F'] }, /Unknown variant of vgg-depth "F"/],
    [
      { data: { ...request().data, shape: [3, 64, 64] as const } },
      /wants 3x32x32 images, and shapes has 3x64x64/,
    ],
    [{ data: { ...request().data, train: 100 } }, /wants 256 train images, and shapes has 100/],
    [changed('recipe.epochs=-1'), /recipe.epochs is -1; expected a whole number above 0/],
    [changed('recipe.epochs=1.5'), /recipe.epochs is 1.5; expected a whole number above 0/],
    [changed('recipe.batchSize=0'), /recipe.batchSize is 0; expected a whole number above 0/],
    [changed('subset.train=0'), /subset.train is 0; expected a whole number above 0/],
    [
      changed(
        'recipe.schedule={"kind":"plateau","initial":1,"factor":0.1,"warmUpSteps":0,"patience":2,"drops":3}',
      ),
      /subset.validation is not set/,
    ],
    [
      changed('recipe.schedule={"kind":"stairs","initial":1}'),
      /^recipe.schedule.kind of recipe.schedule = .*"stairs"/,
    ],
    [
      changed('recipe.schedule.warmUp={"rate":0.01}'),
      /recipe.schedule.warmUp of .*give steps, trainError or both/,
    ],
    [changed('recipe.freeze={"kind":"first","layers":0}'), /^recipe.freeze.layers of recipe.freeze/],
    [changed('recipe.initialisation={"kind":"normal"}'), /^recipe.initialisation.kind of /],
    [changed('recipe.schedule.initial=-1'), /recipe.schedule.initial is -1; expected a number of at least 0/],
  ])('refuses %j', (changes, message) => {
    expect(() => planExperiment(request(changes))).toThrow(message);
  });
});

describe('settings', () => {
  const { smoke } = experiment.profiles;

  it('change one value each, and leave the rest', () => {
    const changed = overrideProfile(smoke, [
      'recipe.epochs=3',
      'options.width=0.5',
      'recipe.schedule.dropAt=[0.5]',
    ]);
    expect(changed).toEqual({
      ...smoke,
      options: { ...smoke.options, width: 0.5 },
      recipe: { ...smoke.recipe, epochs: 3, schedule: { ...smoke.recipe.schedule, dropAt: [0.5] } },
    });
    expect(smoke.recipe.epochs).toBe(2);
  });

  it('take objects and lists whole, and either kind where a recipe has two', () => {
    const optimizer = { ...smoke.recipe.optimizer, weightDecay: 0 };
    const changed = overrideProfile(smoke, [
      `recipe.optimizer=${JSON.stringify(optimizer)}`,
      'recipe.optimizer.decayOn=["weight"]',
      'recipe.augmentation=[]',
    ]);
    expect(changed.recipe.optimizer).toEqual({ ...optimizer, decayOn: ['weight'] });
    expect(changed.recipe.augmentation).toEqual([]);
  });

  it('may be of one variant alone', () => {
    const profile = overrideProfile(
      smoke,
      ['variants.D.recipe.epochs=3', 'variants.D.options.width=0.5'],
      ['D'],
    );
    const { runs } = planExperiment(request({ profile, seeds: [0] }));
    const epochs = runs.map(({ variant, run }) => [variant, run.recipe.epochs]);
    expect(epochs.filter(([, count]) => count === 3)).toEqual([['D', 3]]);
    expect(runs.find(({ variant }) => variant === 'D')?.run.model.options.width).toBe(0.5);
    expect(() => overrideProfile(smoke, ['variants.D.recipe.epoch=3'], ['D'])).toThrow(
      /Unknown setting of D "recipe.epoch". Did you mean "recipe.epochs"/,
    );
    expect(() => overrideProfile(smoke, ['variants.F.recipe.epochs=3'], ['D'])).toThrow(/Unknown setting/);
  });

  it.each([
    ['recipe.epoch=3', /Unknown setting "recipe.epoch". Did you mean "recipe.epochs"/],
    ['recipe.epochs=many', /--set recipe.epochs="many": expected a number \(now 2\), not a string/],
    ['recipe.epochs', /expected key=value/],
    ['recipe=1', /Unknown setting "recipe"/],
    ['dataset=cifar100', /Unknown setting "dataset"/],
    ['seeds=0', /Unknown setting "seeds"/],
  ])('%s is refused', (setting, message) => {
    expect(() => overrideProfile(smoke, [setting])).toThrow(message);
  });
});

describe('a start', () => {
  const { smoke } = experiment.profiles;
  const startOf = (...settings: readonly string[]) => resolveStart(overrideProfile(smoke, settings));

  it('is no part of plans that have none', async () => {
    expect(await startOf()).toBeUndefined();
    for (const { run } of planExperiment(request()).runs) expect(run).not.toHaveProperty('startFile');
  });

  it('may be a run of the store, for variants that start from no other', async () => {
    const start = await startOf('start.run=abc', 'start.layers=["conv1_1"]');
    const { runs } = planExperiment(request({ seeds: [0], only: ['D'], ...(start && { start }) }));
    expect(runs.map(({ run }) => run.parents)).toEqual([
      [{ run: 'abc', layers: ['conv1_1'] }],
      [expect.objectContaining({ run: runs[0]?.id })],
    ]);
  });

  it('may be a file, by what it holds and not where it lies', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'strata-start-'));
    const planWith = async (name: string, content: string, ...settings: readonly string[]) => {
      await writeFile(join(folder, name), content);
      const start = await startOf(`start.file=${join(folder, name)}`, ...settings);
      return planExperiment(request({ seeds: [0], only: ['A'], ...(start && { start }) })).runs[0];
    };
    const first = await planWith('a', 'weights');
    expect(first?.run.startFile).toEqual({ sha256: sha256('weights'), names: 'same' });
    expect((await planWith('b', 'weights'))?.id).toBe(first?.id);
    expect((await planWith('c', 'others'))?.id).not.toBe(first?.id);
    expect((await planWith('a', 'weights', 'start.names=torchvision-vgg'))?.id).not.toBe(first?.id);
    await rm(folder, { recursive: true });
  });

  it.each([
    [['start.file=/no/such/file'], /start.file: \/no\/such\/file cannot be read/],
    [['start.names=same'], /expected start.file .* or start.run/],
    [['start.run=a', 'start.file=b'], /expected start.file .* or start.run/],
    [['start.run=a', 'start.layers=conv1'], /start.layers \(a list of names\)/],
    [['start.file=b', 'start.names=torchvision-vg'], /Unknown start.names.*"torchvision-vgg"/],
  ])('is refused as %j', async (settings, message) => {
    await expect(startOf(...settings)).rejects.toThrow(message);
  });
});
