import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors/index.js';
import { conv, network, parallel, residual, sequence } from '../../src/network/index.js';

const options = { name: 'net', input: [3, 4, 4] as const, classes: 2 };

describe('residual', () => {
  it('adds branches of equal shape', () => {
    const block = residual('sum', conv('left', 3, 3), sequence());
    const net = network(options, sequence(block, conv('end', 2, 4, { padding: 0 })));
    expect(net.nodes.find(node => node.name === 'sum')).toMatchObject({
      inputs: ['left', 'image'],
      output: [3, 4, 4],
    });
  });

  it('names the layer whose branches differ', () => {
    const block = residual('sum', conv('left', 5, 3), sequence());
    expect(() => network(options, block)).toThrow(UsageError);
    expect(() => network(options, block)).toThrow(/"sum": add needs equal shapes, not 5x4x4 and 3x4x4/);
  });
});

describe('parallel', () => {
  it('joins channels', () => {
    const block = parallel('joined', conv('left', 5, 3), conv('right', 2, 1));
    const net = network(options, sequence(block, conv('end', 2, 4, { padding: 0 })));
    expect(net.nodes.find(node => node.name === 'joined')?.output).toEqual([7, 4, 4]);
  });

  it('names the layer whose maps differ', () => {
    const block = parallel('joined', conv('left', 5, 3, { stride: 2 }), conv('right', 2, 1));
    expect(() => network(options, block)).toThrow(/"joined": concat needs maps of one size/);
  });
});
