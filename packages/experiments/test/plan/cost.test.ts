import { usualSpeed } from '@strata/core/engine/cost';
import { experimentNamed } from '@strata/experiments/catalog';
import {
  declaredData,
  expectedCosts,
  gpuHours,
  isLook,
  overrideProfile,
  type Plan,
  type PlannedRun,
  planExperiment,
  processBytes,
  runCost,
  totalSeconds,
} from '@strata/experiments/plan';
import { describe, expect, it } from 'vitest';
import { lookCount } from '../../src/plan/looks.js';

const experiment = experimentNamed('vgg-depth');
const speed = usualSpeed('onnx');

function planOf(profileName: 'quick' | 'paper', settings: readonly string[] = []): Plan {
  const profile = overrideProfile(experiment.profiles[profileName], settings);
  const data = declaredData(experiment, profile);
  return planExperiment({ experiment, profileName, profile, ...data, engine: 'onnx', seeds: [0, 1] });
}

const quick = planOf('quick');
const named = ({ runs }: Plan, variant: string, seed = 0): PlannedRun => {
  const run = runs.find(planned => planned.variant === variant && planned.seed === seed);
  if (!run) throw new Error(`no run of ${variant}`);
  return run;
};

describe('the cost of a run', () => {
  it('grows with depth and with training, and has its parts', () => {
    const of = (plan: Plan, variant: string) => runCost(named(plan, variant), speed);
    const [a, e] = [of(quick, 'A'), of(quick, 'E')];
    for (const part of ['start', 'training', 'testing'] as const) expect(e[part]).toBeGreaterThan(a[part]);
    const { epochs } = experiment.profiles.quick.recipe;
    const longer = of(planOf('quick', [`recipe.epochs=${2 * epochs}`]), 'A');
    expect(longer.training).toBeCloseTo(2 * a.training);
    expect(longer.start).toBeCloseTo(a.start);
    expect(totalSeconds(a)).toBeCloseTo(a.start + a.training + a.testing);
  });

  it('is as measured on finished runs of the same network, and in their proportion on others', () => {
    const [a, b] = [named(quick, 'A'), named(quick, 'A', 1)];
    const d = named(quick, 'D');
    const result = { seconds: 3 * runCost(a, speed).training, steps: a.steps };
    const costs = expectedCosts(quick.runs, speed, [{ planned: a, result }]);
    expect(costs.get(b)?.training).toBeCloseTo(result.seconds);
    expect(costs.get(d)?.training).toBeCloseTo(3 * runCost(d, speed).training);
    expect(costs.get(d)?.testing).toBeCloseTo(runCost(d, speed).testing);
  });

  it('counts dense evaluation by area and crops by their number', () => {
    const testing = (protocol: object): number => {
      const evaluations = named(quick, 'A').evaluations.slice(0, 1);
      const planned = evaluations.map(one => ({ ...one, evaluation: { ...one.evaluation, protocol } }));
      const run = { ...named(quick, 'A'), evaluations: planned } as PlannedRun;
      return runCost(run, speed).testing;
    };
    const whole = testing({ kind: 'whole-image' });
    expect(testing({ kind: 'dense', flip: false, scales: [32] })).toBeCloseTo(whole);
    expect(testing({ kind: 'dense', flip: true, scales: [64] })).toBeCloseTo(
      testing({ kind: 'combined', parts: Array.from({ length: 8 }, () => ({ kind: 'whole-image' })) }),
    );
    expect(testing({ kind: 'ten-crop' })).toBeGreaterThan(whole);
  });

  it('counts each photograph that is decoded: in training, at every look, and for each scale', () => {
    const a = named(quick, 'A');
    const costOn = (name: string, evaluations: PlannedRun['evaluations'] = []) =>
      runCost({ ...a, evaluations, run: { ...a.run, dataset: { ...a.run.dataset, name } } }, speed);
    const more = (evaluations?: PlannedRun['evaluations']) => {
      const [photographs, pixels] = [costOn('imagenette', evaluations), costOn('cifar10', evaluations)];
      return {
        training: photographs.training - pixels.training,
        testing: photographs.testing - pixels.testing,
      };
    };
    const each = more().training / (a.steps * a.run.recipe.batchSize);
    const looks = lookCount(a.run.recipe.epochs);
    const tested = more().testing / (looks * a.images.test);
    expect(each).toBeGreaterThan(0);
    expect(tested).toBeGreaterThan(each);
    const [first] = a.evaluations;
    if (!first) throw new Error('no evaluation is planned');
    const protocol = { kind: 'dense', flip: true, scales: [32, 48] } as const;
    const twice = [{ ...first, evaluation: { ...first.evaluation, protocol, split: 'test' as const } }];
    expect(more(twice).testing).toBeCloseTo(tested * (looks + 2) * a.images.test);
  });
});

it('on a GPU goes by operations', () => {
  const paper = planOf('paper');
  const { multiplyAdds, steps } = named(paper, 'D');
  // Three passes over 256 images a step, one over each of 1,331,167 images; 7.8 TFLOP/s.
  const operations = 2 * multiplyAdds * (3 * 256 * steps + 1_331_167);
  expect(gpuHours(named(paper, 'D'))).toBeCloseTo(operations / 7.8e12 / 3600);
});

it('memory grows with the batch, and other engines hold more', () => {
  const d = named(quick, 'D');
  expect(processBytes(named(planOf('quick', ['recipe.batchSize=128']), 'D'))).toBeGreaterThan(
    processBytes(d),
  );
  expect(processBytes({ ...d, run: { ...d.run, engine: 'wasm' }, trainingBytes: 1e9 })).toBeGreaterThan(1e9);
});

it.each([1, 6, 10, 11, 30, 74, 200])('looks of %i epochs are counted as they are made', epochs => {
  const looks = Array.from({ length: epochs }, (_, i) => isLook(i + 1, epochs)).filter(Boolean);
  expect(looks).toHaveLength(lookCount(epochs));
});
