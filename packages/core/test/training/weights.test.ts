import { momentumName, type State, type Tensor } from '@strata/core/engine';
import { buildModel } from '@strata/core/models';
import { initialState, weightsOf, weightsSha256 } from '@strata/core/training';
import { describe, expect, it } from 'vitest';

const net = buildModel({ name: 'wrn-10-1', options: { width: 1 / 4 } });
const started = initialState(net, { kind: 'msra', bias: 0 }, 1);
const state: State = new Map([
  ...started,
  [momentumName('fc.bias'), { shape: [10], data: new Float32Array(10) }],
]);

/** `state` with one element of a tensor moved. */
function nudged(name: string): State {
  const { shape, data } = state.get(name) as Tensor;
  return new Map(state).set(name, { shape, data: data.with(0, (data[0] ?? 0) + 1) });
}

describe('the weights of a trained network', () => {
  it('are its parameters and statistics, without optimizer slots', () => {
    expect(weightsOf(net, state)).toEqual(started);
    expect(weightsOf(net, state).has('bn.running_var')).toBe(true);
  });

  it('name what a state lacks', () => {
    const without = new Map([...state].filter(([name]) => name !== 'bn.running_mean'));
    expect(() => weightsOf(net, without)).toThrow('lacks "bn.running_mean"');
  });

  it.each(['fc.weight', 'bn.running_mean'])('have another hash when %s moves', name => {
    const hash = weightsSha256(weightsOf(net, state));
    expect(weightsSha256(weightsOf(net, nudged(name)))).not.toBe(hash);
    expect(weightsSha256(new Map([...weightsOf(net, state)].reverse()))).toBe(hash);
  });
});
