import { memory } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { loadEngine } from '../../../src/engine/index.js';
import { tfjsEngine } from '../../../src/engine/tfjs/engine.js';
import { layerLowerings } from '../../../src/engine/tfjs/layers/index.js';
import { UsageError } from '../../../src/errors/index.js';
import { layerDefinitions } from '../../../src/network/index.js';
import { initialState, momentumOptimizer, narrowModel } from '../small-networks.js';

it('lowers every layer kind', () => {
  expect(Object.keys(layerLowerings).sort()).toEqual(Object.keys(layerDefinitions).sort());
});

it('names the first layer that it cannot compute, before anything runs', async () => {
  await loadEngine('cpu');
  const { localResponseNorm: _, ...others } = layerLowerings;
  const engine = tfjsEngine('partial', 'cpu', others);
  const net = narrowModel('vgg-a-lrn');
  const before = memory().numTensors;
  const message =
    'Engine partial cannot compute layer "lrn1" (localResponseNorm) of network vgg-a-lrn: it has no lowering for this kind';
  const building = engine.build(net, { batchSize: 1, optimizer: momentumOptimizer });
  await expect(building).rejects.toThrow(UsageError);
  await expect(building).rejects.toThrow(message);
  await expect(engine.evaluator(net, initialState(net, 1), { batchSize: 1 })).rejects.toThrow(message);
  expect(memory().numTensors).toBe(before);
});
