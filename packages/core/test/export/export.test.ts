import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadEngine } from '@strata/core/engine';
import { exportFormats } from '@strata/core/export';
import { elements, layerDefinitions, type Network } from '@strata/core/network';
import '@tensorflow/tfjs-backend-cpu';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { setBackend, type Tensor, tensor4d, transpose } from '@tensorflow/tfjs-core';
import { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { around, initialState, layerExamples, narrowModels, randomBatch } from '../engine/small-networks.js';

const COUNT = 3;
/** Other kernels add in another order, and tfjs computes in 32 bits too. */
const TOLERANCE = 2e-4;
/** In a thousand layers rounding adds up to a percent: nothing can be compared. */
const MOST_NODES = 1000;

const networks = [
  ...layerExamples.map(({ title, layer, inputs }) => ({ title, net: around(layer, inputs) })),
  ...narrowModels.filter(({ nodes }) => nodes.length < MOST_NODES).map(net => ({ title: net.name, net })),
];

/** What our own engine says of a few images. */
async function ours(net: Network) {
  const weights = initialState(net, 5);
  const { images } = randomBatch(net, COUNT, 6);
  const engine = await loadEngine('onnx');
  const evaluator = await engine.evaluator(net, weights, { batchSize: COUNT });
  const logits = await evaluator.logits(images, COUNT);
  evaluator.dispose();
  return { request: { network: net, weights, metadata: {} }, images, logits };
}

function expectClose(found: ArrayLike<number>, expected: Float32Array): void {
  expect(found).toHaveLength(expected.length);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  expected.forEach((value, i) => {
    expect(Math.abs((found[i] ?? Number.NaN) - value) / largest).toBeLessThan(TOLERANCE);
  });
}

it('tests every layer kind', () => {
  expect(new Set(layerExamples.map(({ kind }) => kind))).toEqual(new Set(Object.keys(layerDefinitions)));
});

describe('onnx', () => {
  it.each(networks)('says in ONNX Runtime what we say, of any number of images: $title', async ({ net }) => {
    const { request, images, logits } = await ours(net);
    const file = exportFormats.onnx.files(request).get('model.onnx') ?? new Uint8Array();
    const session = await InferenceSession.create(file, { logSeverityLevel: 3 });
    for (const count of [COUNT, 1]) {
      const image = new RuntimeTensor('float32', images.slice(0, count * elements(net.input)), [
        count,
        ...net.input,
      ]);
      const { logits: found } = await session.run({ image });
      expect(found?.dims).toEqual([count, net.classes]);
      expectClose(found?.data as Float32Array, logits.slice(0, count * net.classes));
    }
    await session.release();
  });
});

describe('tfjs', () => {
  beforeAll(() => setBackend('cpu'));

  it.each(networks)('says in TensorFlow.js what we say: $title', async ({ net }) => {
    const { request, images, logits } = await ours(net);
    const files = exportFormats.tfjs.files(request);
    const json = JSON.parse(new TextDecoder().decode(files.get('model.json')));
    const [group] = json.weightsManifest;
    const weightData = Uint8Array.from(files.get(group.paths[0]) ?? []).buffer;
    const model = await loadGraphModel({
      load: async () => ({ modelTopology: json.modelTopology, weightSpecs: group.weights, weightData }),
    });
    const image = transpose(tensor4d(images, [COUNT, ...net.input]), [0, 2, 3, 1]);
    const found = model.predict(image) as Tensor;
    expect(found.shape).toEqual([COUNT, net.classes]);
    expectClose(await found.data(), logits);
    model.dispose();
  });
});

/** The first that has PyTorch: Debian's own is not always the first on the path. */
const python = ['python3', '/usr/bin/python3'].find(
  candidate => spawnSync(candidate, ['-c', 'import torch, numpy']).status === 0,
);
/** What the PyTorch side of the engine's parity tests can compute. */
const inTorch = networks.filter(
  ({ net }) =>
    !net.nodes.some(({ layer }) =>
      ['channelScale', 'paddedShortcut', 'partialConvolution', 'scaledTanh'].includes(layer.kind),
    ) && !net.auxiliary,
);

describe.skipIf(!python)('safetensors (skipped where python3 has no PyTorch)', () => {
  const script = fileURLToPath(new URL('torch-logits.py', import.meta.url));

  it.each(
    inTorch.filter(({ title }) => ['vgg-a', 'wrn-16-1'].includes(title) || title.startsWith('batchNorm 1')),
  )('says in PyTorch what we say: $title', async ({ net }) => {
    const { request, images, logits } = await ours(net);
    const folder = mkdtempSync(join(tmpdir(), 'export-'));
    try {
      const file = join(folder, 'model.safetensors');
      writeFileSync(file, exportFormats.safetensors.files(request).get('model.safetensors') ?? '');
      const input = JSON.stringify({ network: net, images: [...images] });
      const { stdout, stderr } = spawnSync(python ?? '', [script, file], { input, maxBuffer: 2 ** 28 });
      expect(stderr.toString()).toBe('');
      expectClose(JSON.parse(stdout.toString()), logits);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
