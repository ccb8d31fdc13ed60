import type { Claim, Experiment } from '@strata/experiments/catalog';
import type { CollectedRun, ExperimentResults } from '@strata/experiments/collect';
import { describe, expect, it } from 'vitest';
import { pairsNeeded } from '../../src/statistics/index.js';
import { decideClaims, detectableDifferences, judgeClaims } from '../../src/verdicts/index.js';
import { experiment as small } from '../synthetic.js';
import { granted } from './wishes.js';
import { worldOf } from './world.js';

const lower: Claim = { id: 'vgg-depth-A-B', kind: 'lower', a: 'B', b: 'A' };

function experimentOf(...claims: readonly Claim[]): Experiment {
  return { ...small, claims };
}

/** With every run of a variant changed. */
function changed(
  results: ExperimentResults,
  name: string,
  change: (run: CollectedRun) => CollectedRun,
): ExperimentResults {
  const variants = results.variants.map(variant =>
    variant.name === name ? { ...variant, runs: variant.runs.map(change) } : variant,
  );
  return { ...results, variants };
}

const unfinished = (run: CollectedRun): CollectedRun => ({ ...run, state: 'planned' });

const wordOf = (results: ExperimentResults) => judgeClaims(results)[0]?.verdict;

describe('the planned number of seeds', () => {
  const world = worldOf(experimentOf(lower));
  world.setLevel('B', undefined, 20);

  it.each([0, 1, 3, 9])('gives no word and no p at %i of 10, but shows progress', seeds => {
    const all = world.results();
    const variants = all.variants.map(variant => ({ ...variant, runs: variant.runs.slice(0, seeds) }));
    const [verdict] = judgeClaims({ ...all, variants });
    expect(verdict).toMatchObject({
      verdict: `not enough runs (${seeds} of 10)`,
      p: null,
      adjustedP: null,
      n: seeds,
    });
    expect(verdict?.difference === null).toBe(seeds === 0);
  });

  it('is what was asked for where that is more than the profile says', () => {
    const [verdict] = judgeClaims(world.results({ seeds: 12 }));
    expect(verdict).toMatchObject({
      word: 'agrees',
      n: 12,
      notes: ['asked for 12 seeds, where the profile plans 10'],
    });
    const lost = changed(world.results({ seeds: 12 }), 'A', run =>
      run.seed < 11 ? run : { ...run, state: 'running' },
    );
    expect(wordOf(lost)).toBe('not enough runs (11 of 12)');
  });

  it('is never less than a test over all claims needs', () => {
    const many = Array.from({ length: 7 }, () => lower);
    const results = worldOf(experimentOf(...many)).results({ profileName: 'quick', seeds: 3 });
    expect(wordOf(results)).toBe(`not enough runs (3 of ${pairsNeeded(7)})`);
  });
});

describe('runs that went wrong', () => {
  const results = granted(experimentOf(lower), lower, 'agrees');

  it('stay in with their error as measured where they diverged', () => {
    const diverged = changed(results, 'B', run =>
      run.seed === 4 && run.test ? { ...run, state: 'diverged', test: { ...run.test, top1Error: 100 } } : run,
    );
    const [verdict] = judgeClaims(diverged);
    expect(verdict?.n).toBe(10);
    // Nine gains of 8 points and one loss of 60: far from sure.
    expect(verdict?.word).toBe('too close to call');
  });

  it('leave a pair missing where they failed, and the claim open', () => {
    const failed = changed(results, 'A', run =>
      run.seed === 2 ? { ...run, state: 'failed', test: null } : run,
    );
    expect(wordOf(failed)).toBe('not enough runs (9 of 10)');
  });

  it('open a gate whose variant lacks runs, and say so', () => {
    const gated: Claim = { ...lower, gates: [{ variant: 'D', metric: 'trainError', below: 30 }] };
    const own = granted(experimentOf(gated), gated, 'agrees');
    expect(wordOf(changed(own, 'D', run => ({ ...run, train: run.seed < 4 ? run.train : null })))).toBe(
      'not enough runs (4 of 10)',
    );
  });

  it('do not close a gate that most seeds pass', () => {
    const gated: Claim = { ...lower, gates: [{ variant: 'A', metric: 'trainError', below: 30 }] };
    const own = granted(experimentOf(gated), gated, 'agrees');
    const one = changed(own, 'A', run =>
      run.seed === 0 && run.train ? { ...run, train: { ...run.train, top1Error: 90 } } : run,
    );
    expect(wordOf(one)).toBe('agrees');
  });
});

describe('claims that nothing of ours decides', () => {
  const paperOnly: Claim = {
    id: 'vgg-depth-A-B',
    kind: 'needs-paper-scale',
    why: 'weight decay needs 200,000 steps to work',
    statement: { kind: 'lower', a: 'B', b: 'A' },
  };
  const recorded: Claim = { id: 'vgg-lrn-no-gain', kind: 'recorded', why: 'a contest' };

  it('say so, count for nothing, and are decided at the paper’s profile where they can be', () => {
    const experiment = experimentOf(paperOnly, recorded, lower);
    const world = worldOf(experiment);
    world.setLevel('B', undefined, 20);
    const decisions = decideClaims(world.results());
    expect(decisions.map(({ word }) => word)).toEqual(['needs paper scale', 'recorded only', 'agrees']);
    expect(decisions.map(({ family }) => family)).toEqual([1, 1, 1]);
    const atPaper = decideClaims(world.results({ profileName: 'paper' }));
    expect(atPaper.map(({ word }) => word)).toEqual(['agrees', 'recorded only', 'agrees']);
    expect(judgeClaims(world.results())[1]).toMatchObject({
      compared: 'a contest',
      difference: null,
      runs: [],
    });
  });
});

describe('variants that a size does without', () => {
  const counted: Claim = {
    id: 'vgg-saturation',
    kind: 'count',
    quantity: 'parameters',
    a: 'A',
    b: 'E',
    is: 'fewer',
  };
  const onLeftOut: Claim = { id: 'vgg-E-worse-fixed', kind: 'lower', a: 'D', b: 'E' };
  const whole = experimentOf(counted, { ...counted, kind: 'all', of: [counted] } as Claim, onLeftOut, lower);
  const reduced = { ...whole.profiles.reduced, without: ['E'] };
  const experiment = { ...whole, profiles: { ...whole.profiles, reduced } };
  const results = worldOf(experiment).results();
  const trained = { ...results, variants: results.variants.filter(({ name }) => name !== 'E') };

  it('leave claims on their runs to the paper’s scale, and are counted all the same, with nothing in their place', () => {
    const verdicts = judgeClaims({ ...trained, dataset: { ...results.dataset, name: 'shapes' } });
    expect(verdicts.map(({ word }) => word).slice(0, 3)).toEqual(['agrees', 'agrees', 'needs paper scale']);
    expect(verdicts.map(({ proxy }) => proxy)).toEqual([null, null, null, 'shapes for cifar10']);
    // What is counted needs no test, so that it takes no part of the 5 %.
    expect(decideClaims(trained).map(({ family }) => family)).toEqual([1, 1, 1, 1]);
  });
});

describe('the family of claims', () => {
  it('counts those that cannot be tested yet', () => {
    const gated: Claim = {
      ...lower,
      id: 'vgg-1x1-helps',
      gates: [{ variant: 'C', metric: 'trainError', below: 1 }],
    };
    const world = worldOf(experimentOf(lower, gated));
    world.setLevel('B', undefined, 20);
    const [open, closed] = judgeClaims(world.results());
    expect(closed?.word).toBe('gate not met');
    expect(open?.adjustedP).toBeCloseTo(2 * (open?.p ?? 0), 12);
  });

  it('makes the same p too close to call among enough claims', () => {
    const many = Array.from({ length: 26 }, () => lower);
    const world = worldOf(experimentOf(...many));
    world.setLevel('B', undefined, 20);
    // Ten pairs allow 25 claims: 2 / 2^10 times 26 is above 5 %, which the fewest pairs say beforehand.
    expect(wordOf(world.results())).toBe('not enough runs (10 of 11)');
    expect(wordOf(world.results({ seeds: 11 }))).toBe('agrees');
  });
});

describe('proxy', () => {
  it('goes with every verdict below the paper’s own size', () => {
    const claim: Claim = { ...lower, proxy: 'WRN-16-4 for WRN-28-10' };
    const world = worldOf(experimentOf(claim));
    expect(judgeClaims(world.results())[0]?.proxy).toBe('WRN-16-4 for WRN-28-10');
    expect(judgeClaims(world.results({ profileName: 'paper' }))[0]?.proxy).toBeNull();
  });

  it('says too which data stand for those of the profile', () => {
    const results = worldOf(experimentOf(lower)).results();
    const [verdict] = judgeClaims({ ...results, dataset: { ...results.dataset, name: 'shapes' } });
    expect(verdict?.proxy).toBe('shapes for cifar10');
    expect(judgeClaims(results)[0]?.proxy).toBeNull();
  });
});

describe('smallest detectable differences', () => {
  const saturation: Claim = { id: 'vgg-saturation', kind: 'no-difference', a: 'E', b: 'D', margin: 1 };

  it('go by an assumed spread before there are runs, then by that of finished pairs', () => {
    const world = worldOf(experimentOf(lower, saturation));
    const before = detectableDifferences(changed(changed(world.results(), 'A', unfinished), 'D', unfinished));
    expect(before).toMatchObject([
      { id: 'vgg-depth-A-B', pairs: 10, pilot: 0, deviation: 2, unit: 'points', margin: null },
      { id: 'vgg-saturation', pairs: 10, pilot: 0, deviation: 2, margin: 1 },
    ]);
    const after = detectableDifferences(world.results());
    expect(after[0]).toMatchObject({ pilot: 10 });
    expect(after[0]?.difference).toBeCloseTo(
      ((before[0]?.difference ?? 0) * (after[0]?.deviation ?? 0)) / 2,
      10,
    );
  });

  it('go by pairs of another size before they go by what is assumed, and by their own first', () => {
    const world = worldOf(experimentOf(lower));
    const quick = world.results({ profileName: 'quick', seeds: 3 });
    const fresh = changed(world.results(), 'A', unfinished);
    const [guided] = detectableDifferences(fresh, [fresh, quick]);
    expect(guided).toMatchObject({ pilot: 3, pilotProfile: 'quick', pairs: 10 });
    expect(guided?.deviation).toBe(detectableDifferences(quick)[0]?.deviation);
    const [own] = detectableDifferences(world.results(), [quick]);
    expect(own).toMatchObject({ pilot: 10, pilotProfile: 'reduced' });
    const two = changed(quick, 'A', run => (run.seed === 0 ? unfinished(run) : run));
    expect(detectableDifferences(fresh, [two])[0]).toMatchObject({ pilot: 0, pilotProfile: null });
  });

  it('do not go by pairs that differ all alike', () => {
    const results = worldOf(experimentOf(lower)).results();
    const alike = ['A', 'B'].reduce(
      (some, name) =>
        changed(some, name, run => ({ ...run, test: run.test && { ...run.test, top1Error: 20 } })),
      results,
    );
    expect(detectableDifferences(alike)[0]).toMatchObject({ pilot: 0, deviation: 2 });
  });

  it('are none where too few seeds are planned', () => {
    const results = worldOf(experimentOf(lower, saturation)).results({ profileName: 'quick', seeds: 3 });
    expect(detectableDifferences(results).map(({ difference }) => difference)).toEqual([null, null]);
  });
});
