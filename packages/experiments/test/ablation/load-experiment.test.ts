import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadExperiment } from '@strata/experiments/ablation';
import { type Experiment, experimentNamed } from '@strata/experiments/catalog';
import { declaredData, planExperiment, readPlanRecords, recordPlan } from '@strata/experiments/plan';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-ablation-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');
const [, example = ''] = /```ts\n(import type \{ Experiment \}[\s\S]*?)```/.exec(readme) ?? [];

const { smoke } = experimentNamed('vgg-depth').profiles;
const small = {
  name: 'my-own',
  title: 'A title',
  variants: [
    { name: 'A', model: 'vgg-a' },
    { name: 'B', model: 'vgg-b', recipe: { optimizer: { weightDecay: 0 } } },
  ],
  claims: [{ id: 'b-better', kind: 'lower', a: 'B', b: 'A' }],
  profiles: { smoke },
};

function planOf(experiment: Experiment) {
  const profile = experiment.profiles.smoke;
  const data = declaredData(experiment, profile);
  return planExperiment({ experiment, profileName: 'smoke', profile, ...data, engine: 'onnx', seeds: [0] });
}

describe('a user’s own experiment', () => {
  it('is the README’s example, in TypeScript, wherever the file lies', async () => {
    const experiment = await loadExperiment(write('my-ablation.ts', example));
    expect(experiment.variants.map(({ name }) => name)).toEqual(['both', 'no dropout', 'no decay']);
    expect(experiment.profiles.reduced).toEqual(experiment.profiles.quick);
    const [both, , noDecay] = planOf(experiment).runs;
    expect(both?.run.recipe.optimizer.weightDecay).toBeGreaterThan(0);
    expect(noDecay?.run.recipe.optimizer).toEqual({ ...both?.run.recipe.optimizer, weightDecay: 0 });
  });

  it('may be JSON', async () => {
    const experiment = await loadExperiment(write('own.json', JSON.stringify(small)));
    expect(planOf(experiment).runs.map(({ variant }) => variant)).toEqual(['A', 'B']);
  });

  it('is kept with its plan, so that the store can be reported without the file', async () => {
    const experiment = await loadExperiment(write('own.json', JSON.stringify(small)));
    const plan = planOf(experiment);
    await recordPlan(folder, plan, 'npx strata run own.json');
    const [record] = await readPlanRecords(folder);
    expect(record?.plan.runs.map(({ id }) => id)).toEqual(plan.runs.map(({ id }) => id));
  });

  const [a, b] = small.variants;
  it.each([
    [
      'a field that is unknown',
      { ...small, claim: [] },
      /the default export is wrong \(Unrecognized key: "claim"\)/,
    ],
    ['no variants', { ...small, variants: [] }, /variants is wrong/],
    ['no profile', { ...small, profiles: {} }, /expected at least one profile/],
    ['a name of the catalog', { ...small, name: 'vgg-depth' }, /which the catalog has; choose another/],
    ['a name that is no file name', { ...small, name: '../up' }, /name is wrong \(expected small letters/],
    ['two variants of a name', { ...small, variants: [a, { ...b, name: 'A' }] }, /two variants are called A/],
    [
      'a claim on what it does not have',
      { ...small, claims: [{ id: 'x', kind: 'lower', a: 'C', b: 'A' }] },
      /the claim x is about C; known are A, B/,
    ],
    [
      'a claim on a way of testing that it does not have',
      {
        ...small,
        claims: [{ id: 'x', kind: 'lower', a: { variant: 'B', evaluation: 'ten-crop' }, b: 'A' }],
      },
      /the claim x is about the evaluation ten-crop; known are test, train/,
    ],
    [
      'a claim of a paper',
      { ...small, claims: [{ id: 'vgg-lrn-no-gain', kind: 'lower', a: 'B', b: 'A' }] },
      /has the id of a paper’s claim/,
    ],
    [
      'a start that comes later',
      { ...small, variants: [{ ...a, startsFrom: { variant: 'B' } }, b] },
      /A starts from B, which must be a variant that stands before it/,
    ],
  ])('is refused for %s', async (_, content, message) => {
    await expect(loadExperiment(write('own.json', JSON.stringify(content)))).rejects.toThrow(message);
  });

  it('is refused by the planning where a variant misspells what it ablates', async () => {
    const misspelt = [a, { ...b, recipe: { optimiser: { weightDecay: 0 } } }];
    const own = await loadExperiment(write('own.json', JSON.stringify({ ...small, variants: misspelt })));
    expect(() => planOf(own)).toThrow(/Unknown field of recipe "optimiser". Did you mean "optimizer"/);
    const decay = [a, { ...b, recipe: { optimizer: { weightdecay: 0 } } }];
    const other = await loadExperiment(write('own.json', JSON.stringify({ ...small, variants: decay })));
    expect(() => planOf(other)).toThrow(/Unknown field of recipe.optimizer "weightdecay"/);
  });

  it('is refused where there is no file, and where it cannot be read, in one line', async () => {
    await expect(loadExperiment(join(folder, 'none.ts'))).rejects.toThrow(/There is no file .*none.ts/);
    const broken = loadExperiment(write('broken.ts', 'export default {'));
    await expect(broken).rejects.toThrow(/broken.ts cannot be read as an experiment: [^\n]+$/);
  });
});
