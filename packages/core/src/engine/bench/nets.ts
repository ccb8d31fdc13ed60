import { buildModel, type ModelSpec } from '../../models/index.js';
import type { Network } from '../../network/index.js';
import type { Optimizer } from '../engine.js';

export interface BenchNet {
  readonly name: string;
  readonly model: ModelSpec;
  readonly batchSize: number;
}

const CIFAR = { input: [3, 32, 32], classes: 10 } as const;

/** What the bench trains: nets of the size that sweeps on a CPU use, on images of 32x32 pixels. */
export const benchNets: readonly BenchNet[] = [
  { name: 'wrn-16-1', model: { name: 'wrn-16-1', options: CIFAR }, batchSize: 128 },
  { name: 'wrn-16-2', model: { name: 'wrn-16-2', options: CIFAR }, batchSize: 128 },
  { name: 'wrn-16-4', model: { name: 'wrn-16-4', options: CIFAR }, batchSize: 64 },
  { name: 'vgg-a', model: { name: 'vgg-a', options: { ...CIFAR, hidden: 512 } }, batchSize: 64 },
  {
    name: 'vgg-a/4',
    model: { name: 'vgg-a', options: { ...CIFAR, width: 0.25, hidden: 128 } },
    batchSize: 128,
  },
  {
    name: 'vgg-e/4',
    model: { name: 'vgg-e', options: { ...CIFAR, width: 0.25, hidden: 128 } },
    batchSize: 128,
  },
];

export const benchOptimizer: Optimizer = {
  kind: 'sgd',
  form: 'scaled-update',
  momentum: 0.9,
  nesterov: true,
  weightDecay: 5e-4,
  decayOn: 'all',
};

/**
 * Floating-point operations of one image's training step: two a multiply-add, forward and for the gradients of weights
 * and inputs. Layers that read the image need no gradient of their input.
 */
export function stepOperations(net: Network): number {
  const passes = (inputs: readonly string[]): number => (inputs.includes('image') ? 2 : 3);
  return net.nodes.reduce((sum, node) => sum + 2 * passes(node.inputs) * node.multiplyAdds, 0);
}

export function benchNetwork({ model }: BenchNet): Network {
  return buildModel(model);
}
