import { describe, expect, it } from 'vitest';
import {
  atInput,
  auxiliaryHead,
  type Block,
  contentHash,
  dense,
  flatten,
  formatSummary,
  mainPath,
  multiplyAdds,
  type Network,
  network,
  parameterCount,
  sequence,
  summarise,
  trainingBytes,
} from '../../src/network/index.js';
import { initialState, weightsOf } from '../../src/training/index.js';
import { parts, withHeads } from '../engine/auxiliary-networks.js';

const build = (body: Block): Network => network({ name: 'net', input: [3, 4, 4], classes: 2 }, body);
const end = sequence(flatten('flatten'), dense('fc', 2));
const head = sequence(flatten('head.flatten'), dense('head', 2));

describe('auxiliary heads', () => {
  it('are named with their weights', () => {
    expect(withHeads.auxiliary).toEqual([
      { logits: 'early', weight: 0.3 },
      { logits: 'late', weight: 0.7 },
    ]);
    expect('auxiliary' in parts.main).toBe(false);
  });

  it('are part of the content hash, which stays what it was without them', () => {
    const weight = (w: number) => contentHash(build(sequence(auxiliaryHead(w, head), end)));
    expect(weight(0.3)).not.toBe(weight(0.4));
    expect(weight(0.3)).not.toBe(contentHash(build(end)));
    expect(contentHash(mainPath(withHeads))).toBe(contentHash(parts.main));
    // As it was before networks could have auxiliary heads.
    expect(contentHash(build(end))).toBe('6d42b593229103674a44c0d51052a091cd6f5cd48f8dbb76a8c6d0b7fb9dfe55');
  });

  it('do not count where papers count, and do where memory is needed', () => {
    expect(parameterCount(withHeads)).toBe(parameterCount(parts.main));
    expect(multiplyAdds(withHeads)).toBe(multiplyAdds(parts.main));
    expect(trainingBytes(withHeads, 2)).toBeGreaterThan(trainingBytes(parts.main, 2));
    const state = initialState(withHeads, { kind: 'msra', bias: 0 }, 1);
    expect(state.has('early.weight')).toBe(true);
    expect(weightsOf(withHeads, state)).toEqual(initialState(parts.main, { kind: 'msra', bias: 0 }, 1));
  });

  it('are listed apart in the summary', () => {
    const summary = summarise(withHeads);
    expect(summary.layers).toEqual(summarise(parts.main).layers);
    expect(summary.auxiliary?.map(({ name }) => name)).toEqual(
      ['early.conv', 'early.relu', 'early.flatten', 'early.hidden', 'early.dropout', 'early'].concat([
        'late.pool',
        'late',
      ]),
    );
    expect(formatSummary(summary)).toMatch(/total.*\n\nin training only: auxiliary heads\n.*\nearly\.conv/);
  });

  it('are no part of a network over images of another size', () => {
    expect(atInput(withHeads, withHeads.input)).toEqual(parts.main);
    expect(atInput(withHeads, [3, 16, 16])).toEqual(atInput(parts.main, [3, 16, 16]));
  });

  it.each([
    [
      'has other logits',
      auxiliaryHead(0.3, flatten('v'), dense('head', 3)),
      /ends in 3x1x1 at "head"; expected 2/,
    ],
    ['weighs nothing', auxiliaryHead(0, head), /"head" has weight 0; expected a number above 0/],
    [
      'goes on',
      (from => {
        const place = head(from);
        place.endAuxiliary(0.3);
        return dense('more', 2)(place);
      }) as Block,
      /"head" is part of the main path/,
    ],
  ])('are refused where one %s', (_, body, message) => {
    const classifier: Block = from => (from.shape[1] === 1 ? dense('fc', 2)(from) : end(from));
    expect(() => build(sequence(body, classifier))).toThrow(message);
  });
});
