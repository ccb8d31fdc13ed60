import { describe, it } from 'vitest';
import { buildModel } from '../../src/models/index.js';
import { cifarBatch, NO_CIFAR10 } from './cifar-batch.js';
import { expectParity } from './parity.js';

/** Widths that profiles train, but for the Wide ResNet, which the reference engine takes too long for. */
const nets = [
  buildModel({ name: 'vgg-a', options: { input: [3, 32, 32], classes: 10, width: 1 / 4, hidden: 128 } }),
  buildModel({ name: 'vgg-e', options: { input: [3, 32, 32], classes: 10, width: 1 / 16, hidden: 32 } }),
  buildModel({ name: 'wrn-10-1', options: { input: [3, 32, 32], classes: 10, width: 1 / 2 } }),
].map(net => ({ name: net.name, net }));
/** More take the reference engine minutes at these widths. */
const STEPS = 2;

describe('every engine agrees with cpu on CIFAR-10 images', () => {
  it.for(nets)('through $name', async ({ net }, { skip }) => {
    const batch = cifarBatch(2);
    if (!batch) return skip(NO_CIFAR10);
    await expectParity(net, batch, { steps: STEPS });
  });
});
