import { describe, expect, it } from 'vitest';
import { fading, meanResponse, responsePoints } from '../../src/summary/index.js';
import { syntheticResults } from '../synthetic.js';

const layers = [
  { layer: 'first', deviation: 0.2, gradientNorm: 0.01 },
  { layer: 'middle', deviation: 0.3, gradientNorm: 0.5 },
  { layer: 'last', deviation: 0.7, gradientNorm: 1 },
];

describe('what is said of the layers of one net', () => {
  it('is the mean of their deviations', () => {
    expect(meanResponse(layers)).toBeCloseTo(0.4, 12);
  });

  it('is by how many powers of ten the gradient is smaller at the first layer', () => {
    expect(fading(layers)).toBeCloseTo(2, 12);
    expect(fading(layers.toReversed())).toBeCloseTo(-2, 12);
    expect(fading([])).toBeNaN();
  });
});

describe('responses by layer', () => {
  it('are medians over the seeds, in the order of the layers', () => {
    const results = syntheticResults({ seeds: 3 });
    const points = responsePoints(results);
    const [variant] = results.variants;
    const own = points.filter(point => point.variant === variant?.name);
    expect(own.map(({ place }) => place)).toEqual([1, 2, 3, 4]);
    expect(own.map(({ n }) => n)).toEqual([3, 3, 3, 3]);
    const deviations = variant?.runs.map(run => run.responses?.[0]?.deviation ?? 0).sort((a, b) => a - b);
    expect(own[0]?.deviation).toBe(deviations?.[1]);
  });

  it('leave out runs that have no numbers, and are none where nothing was measured', () => {
    const results = syntheticResults({ seeds: 2 });
    const broken = results.variants.map(variant => ({
      ...variant,
      runs: variant.runs.map((run, i) => ({
        ...run,
        responses: i === 0 ? [{ layer: 'conv1', deviation: Number.NaN, gradientNorm: 1 }] : run.responses,
      })),
    }));
    expect(responsePoints({ ...results, variants: broken }).every(({ n }) => n === 1)).toBe(true);
    expect(responsePoints(syntheticResults({ stateOf: () => 'planned' }))).toEqual([]);
  });
});
