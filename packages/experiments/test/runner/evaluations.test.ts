import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataSet } from '@strata/core/data';
import { loadEngine } from '@strata/core/engine';
import { type Experiment, experimentNamed, type TableEvaluation } from '@strata/experiments/catalog';
import { collectResults } from '@strata/experiments/collect';
import { overrideProfile, type Plan, planExperiment, plannedData } from '@strata/experiments/plan';
import {
  ensureEnsemble,
  ensureEvaluation,
  ensureEvaluations,
  inProcessExecutor,
  runPlan,
} from '@strata/experiments/runner';
import { evaluationFile, evaluationId, openStore, readEvaluation, runFiles } from '@strata/experiments/store';
import { afterAll, describe, expect, it } from 'vitest';

/** The papers' ways of testing at the size of small images, all of one table. */
const evaluations: readonly TableEvaluation[] = [
  { name: 'whole', protocol: { kind: 'whole-image' }, split: 'test', paperRow: { test_Q: '256' } },
  { name: 'train', protocol: { kind: 'whole-image' }, split: 'train' },
  { name: 'ten crops', protocol: { kind: 'ten-crop', scales: [36] }, split: 'test', of: ['A', 'both'] },
  {
    name: 'multi-crop',
    protocol: { kind: 'grid-crop', grid: 2, flip: true, scales: [32, 48] },
    split: 'test',
    of: ['A'],
  },
  { name: 'dense', protocol: { kind: 'dense', flip: true, scales: [48, 64] }, split: 'test' },
  {
    name: 'both',
    protocol: {
      kind: 'combined',
      parts: [
        { kind: 'grid-crop', grid: 2, flip: true, scales: [32, 48] },
        { kind: 'dense', flip: true, scales: [48, 64] },
      ],
    },
    split: 'test',
    of: ['A'],
  },
];

const depth = experimentNamed('vgg-depth');
const experiment: Experiment = {
  ...depth,
  variants: depth.variants.filter(({ name }) => name === 'A' || name === 'A-LRN'),
  evaluations,
  ensembles: [
    { name: 'both', variants: ['A', 'A-LRN'], seeds: 1, paperRow: { config: 'A', train_S: '256' } },
    { name: 'two seeds of A', variants: ['A'], seeds: 2, paperRow: { config: 'A', train_S: '256' } },
  ],
};
const settings = ['recipe.epochs=1', 'subset.train=64', 'subset.test=20'];
const profile = overrideProfile(experiment.profiles.smoke, settings);
const { dataSet: data } = await openDataSet('shapes', { imageShape: [3, 32, 32] });

function planOf(seeds: readonly number[], changed: Experiment = experiment): Plan {
  return planExperiment({
    experiment: changed,
    profileName: 'smoke',
    profile,
    data: plannedData({ dataSet: data, note: null }),
    engine: 'onnx',
    seeds,
  });
}

const store = await openStore(await mkdtemp(join(tmpdir(), 'strata-evaluations-')));
afterAll(() => rm(store, { recursive: true, force: true }));
const engine = await loadEngine('onnx');
const context = { store, data, engine };

describe('one trained network, tested in many ways', () => {
  const plan = planOf([0, 1]);
  const [a] = plan.runs;
  if (!a) throw new Error('no run');

  it('plans each variant’s own evaluations, and ensembles with disjoint members', () => {
    expect(a.evaluations.map(({ definition }) => definition.name)).toEqual(
      evaluations.map(({ name }) => name),
    );
    const lrn = plan.runs.find(({ variant }) => variant === 'A-LRN');
    expect(lrn?.evaluations.map(({ definition }) => definition.name)).toEqual(['whole', 'train', 'dense']);
    const both = plan.ensembles.filter(({ ensemble }) => ensemble.name === 'both');
    expect(both.map(({ seeds }) => seeds)).toEqual([[0], [1]]);
    expect(both[0]?.evaluations.map(({ definition }) => definition.name)).toEqual([
      'whole',
      'ten crops',
      'dense',
    ]);
    const seeds = plan.ensembles.filter(({ ensemble }) => ensemble.name === 'two seeds of A');
    expect(seeds.map(group => group.seeds)).toEqual([[0, 1]]);
    const all = plan.ensembles.flatMap(({ runs }) => runs.map(({ id }) => id));
    expect(new Set(both.flatMap(({ runs }) => runs.map(({ id }) => id))).size).toBe(4);
    for (const id of all) expect(plan.runs.map(run => run.id)).toContain(id);
  });

  it('keeps them all in one store, and collects them beside the paper', async () => {
    const outcome = await runPlan(
      {
        store,
        executor: inProcessExecutor(context),
        onEvent: () => {},
        signal: new AbortController().signal,
      },
      plan,
    );
    expect([...outcome.runs.values()]).toEqual(new Array(4).fill('trained'));
    const { variants, ensembles } = await collectResults(store, plan, 'the command');
    const [run] = variants[0]?.runs ?? [];
    expect(run?.evaluations.map(({ name, split }) => [name, split])).toEqual(
      evaluations.map(({ name, split }) => [name, split]),
    );
    for (const { predictions, split } of run?.evaluations ?? []) {
      const count = split === 'test' ? 20 : 64;
      expect(predictions).toMatchObject({ count, loss: expect.any(Number) });
      expect(predictions?.rank).toHaveLength(count);
      expect(predictions?.predicted).toHaveLength(count);
    }
    expect(run?.test).toMatchObject({ top1Error: run?.evaluations[0]?.predictions?.top1Error, count: 20 });
    expect(run?.train?.count).toBe(64);
    expect(run?.evaluations.map(({ paper }) => paper.top1Error)).toEqual([
      29.6,
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(variants[0]?.paper.top1Error).toBe(29.6);
    expect(ensembles.map(({ name, groups }) => [name, groups.length])).toEqual([
      ['both', 2],
      ['two seeds of A', 1],
    ]);
    expect(ensembles[0]?.groups[0]?.evaluations[0]).toMatchObject({
      name: 'whole',
      paper: { top1Error: 29.6, top5Error: 10.4 },
      predictions: { count: 20 },
    });
  });

  it('counts none of a network that is gone', async () => {
    const [gone] = plan.runs;
    if (!gone) throw new RangeError('no runs');
    const others = await mkdtemp(join(tmpdir(), 'gone-'));
    try {
      await cp(store, others, { recursive: true });
      await rm(join(others, 'runs', gone.id), { recursive: true });
      const { variants, ensembles } = await collectResults(others, plan, 'the command');
      const runs = variants.flatMap(variant => variant.runs);
      for (const { id, test, evaluations: own } of runs) {
        expect(test === null).toBe(id === gone.id);
        for (const { predictions } of own) expect(predictions === null).toBe(id === gone.id);
      }
      const groups = ensembles.flatMap(ensemble => ensemble.groups);
      for (const { runs: ids, evaluations: own } of groups) {
        expect(own.every(({ predictions }) => predictions === null)).toBe(ids.includes(gone.id));
      }
    } finally {
      await rm(others, { recursive: true, force: true });
    }
  });

  it('is not trained or tested a second time', async () => {
    const weights = await readFile(runFiles(store, a.id).checkpoint);
    const files = await readdir(join(store, 'evaluations'));
    for (const planned of plan.runs) expect(await ensureEvaluations(context, planned)).toBe(0);
    for (const ensemble of plan.ensembles) expect(await ensureEnsemble(context, ensemble)).toBe(0);
    expect(await readdir(join(store, 'evaluations'))).toEqual(files);
    expect(await readFile(runFiles(store, a.id).checkpoint)).toEqual(weights);
  });

  it('is tested where another way is asked for, and only then', async () => {
    const changed: Experiment = {
      ...experiment,
      evaluations: [{ name: 'flipped', protocol: { kind: 'dense', flip: true }, split: 'test' }],
    };
    const again = planOf([0], changed);
    expect(again.runs.map(({ id }) => id)).toEqual(plan.runs.slice(0, 2).map(({ id }) => id));
    const [first] = again.runs;
    if (!first) throw new Error('no run');
    expect(await ensureEvaluations(context, first)).toBe(1);
    expect(await ensureEvaluations(context, first)).toBe(0);
  });

  it('gives bit for bit what was kept when a file is lost', async () => {
    for (const planned of a.evaluations) {
      const file = evaluationFile(store, planned.id);
      const before = await readFile(file);
      await rm(file);
      expect(await ensureEvaluation(context, [a], planned)).toMatchObject({ made: true });
      expect(await readFile(file)).toEqual(before);
    }
  });

  it('agrees where two ways are the same: crops and whole images of 32 pixels', async () => {
    const [whole] = a.evaluations;
    if (!whole) throw new Error('no evaluation');
    const evaluation = { ...whole.evaluation, protocol: { kind: 'centre-crop', scales: [32] } as const };
    const cropped = { ...whole, id: evaluationId(evaluation), evaluation };
    const { result } = await ensureEvaluation(context, [a], cropped);
    const held = await readEvaluation(store, whole.evaluation);
    expect(result.rank).toEqual(held?.rank);
    expect(result.loss).toBe(held?.loss);
  });

  it('cannot be tested whole on images that are not its size', async () => {
    const small = planOf([0], {
      ...experiment,
      evaluations: [{ name: 'small', protocol: { kind: 'ten-crop', scales: [24] }, split: 'test' }],
    });
    const [first] = small.runs;
    if (!first) throw new Error('no run');
    await expect(ensureEvaluations(context, first)).rejects.toThrow(
      /A crop of 32x32 does not fit 24x24 pixels of an image; rescale it to at least 32/,
    );
  });
});
