import { describe, it } from 'vitest';
import { expectParity } from './parity.js';
import { narrowModels, randomBatch, smallWideResNet } from './small-networks.js';

const nets = [...narrowModels, smallWideResNet({ dropout: 0.3 })].map(net => ({ name: net.name, net }));

describe('every engine agrees with cpu in losses, gradients, and the state after five steps', () => {
  it.each(nets)('on $name', ({ net }) => expectParity(net, randomBatch(net, 3, 8)));
});
