import { describe, expect, it } from 'vitest';
import { loadOnnxEngine } from '../../../src/engine/onnx/engine.js';
import { portableLowering } from '../../../src/engine/onnx/plan.js';
import { UsageError } from '../../../src/errors/index.js';
import { buildModel } from '../../../src/models/index.js';
import type { NetworkNode } from '../../../src/network/index.js';
import { exampleBatch, exampleState, nesterov } from './networks.js';

const engine = await loadOnnxEngine();
const net = buildModel({ name: 'wrn-10-1', options: { input: [3, 8, 8], classes: 10, width: 0.25 } });
const options = { batchSize: 4, optimizer: nesterov };
const randomness = { seed: 1, step: 0 };

describe('named before anything runs', () => {
  it('a device that is no CPU', async () => {
    const build = engine.build(net, { ...options, device: 'tpu' });
    await expect(build).rejects.toThrow(/runs on "cpu", not on "tpu"/);
  });

  it('too little memory', async () => {
    const build = engine.build(net, { ...options, batchSize: 2 ** 40 });
    await expect(build).rejects.toThrow(UsageError);
    await expect(engine.build(net, { ...options, batchSize: 2 ** 40 })).rejects.toThrow(
      /use a smaller batch/,
    );
  });

  it('a layer kind without a lowering', () => {
    const [node] = net.nodes;
    const unknown = { ...node, name: 'odd', layer: { kind: 'capsule' } } as unknown as NetworkNode;
    expect(() => portableLowering(unknown)).toThrow(/does not compute capsule, the kind of layer "odd"/);
  });

  it('weights that lack running statistics', async () => {
    await expect(engine.evaluator(net, exampleState(net), { batchSize: 2 })).rejects.toThrow(
      /lacks ".*running_mean"/,
    );
  });
});

describe('a batch', () => {
  it.each([
    ['of another size', { ...exampleBatch(net, 3) }, /built for 4/],
    ['with too few labels', { ...exampleBatch(net, 4), labels: Int32Array.of(1) }, /1 labels/],
    ['with a stray label', { ...exampleBatch(net, 4), labels: Int32Array.of(1, 10, 2, 3) }, /the label 10;/],
  ])('%s is refused', async (_, batch, message) => {
    const trainable = await engine.build(net, options);
    await trainable.restore(exampleState(net));
    await expect(trainable.step(batch, { learningRate: 0.1, randomness })).rejects.toThrow(message);
    trainable.dispose();
  });

  it('probes name their layers', async () => {
    const trainable = await engine.build(net, options);
    await expect(trainable.probe(['nowhere'], exampleBatch(net, 4))).rejects.toThrow(/no layer "nowhere"/);
    trainable.dispose();
  });
});
