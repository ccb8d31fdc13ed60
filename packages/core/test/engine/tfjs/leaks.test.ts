import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { loadEngine } from '../../../src/engine/index.js';
import { withHeads } from '../auxiliary-networks.js';
import {
  initialState,
  narrowModel,
  randomBatch,
  smallWideResNet,
  tfjsEngines,
  trainableFrom,
} from '../small-networks.js';

const nets = [
  { net: narrowModel('vgg-a-lrn'), probed: ['pool1', 'fc3'] },
  { net: smallWideResNet({ dropout: 0.2 }), probed: ['bn', 'group2.block1.add'] },
  { net: withHeads, probed: ['early', 'fc'] },
];

describe.each(tfjsEngines)('%s', name => {
  it.each(nets)(
    'holds as many tensors after each call as before, and none after dispose: $net.name',
    async ({ net, probed }) => {
      const [state, batch] = [initialState(net, 1), randomBatch(net, 2, 2)];
      const parameters = net.nodes.flatMap(node => node.parameters).length;
      const engine = await loadEngine(name);
      const before = memory().numTensors;
      const trainable = await trainableFrom(engine, net, state, 2);
      const held = memory().numTensors;
      expect(held - before).toBe(state.size + parameters);
      for (const step of [0, 1, 2]) {
        await trainable.step(batch, { learningRate: 0.01, randomness: { seed: 1, step } });
        expect(memory().numTensors, `step ${step}`).toBe(held);
      }
      await trainable.gradients(batch, { seed: 1, step: 3 });
      await trainable.probe(probed, batch);
      await trainable.restore(await trainable.state());
      expect(memory().numTensors).toBe(held);
      trainable.dispose();
      const evaluator = await engine.evaluator(net, state, { batchSize: 2 });
      await evaluator.logits(batch.images, 2);
      evaluator.dispose();
      expect(memory().numTensors).toBe(before);
    },
  );
});
