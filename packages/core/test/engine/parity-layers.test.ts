import { describe, it } from 'vitest';
import { expectParity } from './parity.js';
import { around, layerExamples, randomBatch } from './small-networks.js';

describe('every engine agrees with cpu in losses, gradients, and the state after five steps', () => {
  it.each(layerExamples)('around $title', ({ layer, inputs }) => {
    const net = around(layer, inputs);
    return expectParity(net, randomBatch(net, 4, 8));
  });
});
