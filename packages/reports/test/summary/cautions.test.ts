import { describe, expect, it } from 'vitest';
import { cautionsOf } from '../../src/summary/index.js';
import { syntheticResults } from '../synthetic.js';

describe('cautionsOf', () => {
  it('has nothing to say of runs made alike', () => {
    expect(cautionsOf(syntheticResults())).toEqual([]);
  });

  it('names what is mixed', () => {
    const results = syntheticResults();
    const variants = results.variants.map((variant, i) => ({
      ...variant,
      runs: variant.runs.map(collected => ({
        ...collected,
        run: { ...collected.run, engine: i === 0 ? 'onnx' : collected.run.engine },
        environment: collected.environment && {
          ...collected.environment,
          cpu: i === 1 ? 'other' : collected.environment.cpu,
        },
      })),
    }));
    expect(cautionsOf({ ...results, variants })).toEqual([
      'These runs mix engines: onnx, wasm.',
      'These runs mix processors: Example CPU at 2.5 GHz, other.',
    ]);
  });
});
