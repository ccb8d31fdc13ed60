import { describe, expect, it } from 'vitest';
import { loadEngine } from '../../src/engine/index.js';
import { type Network, nodeNamed } from '../../src/network/index.js';
import { contenders, expectParity } from './parity.js';
import {
  initialState,
  narrowModels,
  normalisedNetworks,
  randomBatch,
  smallWideResNet,
  trainableFrom,
} from './small-networks.js';

/** Batch norms beyond which a difference of one rounding turns some ReLU on or off, after which gradients jump. */
const SETTLED = { plain: 21, original: 60, bottleneck: 21, preActivation: 60 };
/** Forward, plain nets amplify rounding as they do gradients: at 44 layers by 50 a step. */
const FORWARD_DEPTH = 40;
const LOSS_TOLERANCE = 1e-4;

function normalisations({ nodes }: Network): number {
  return nodes.filter(({ layer }) => layer.kind === 'batchNorm').length;
}

function isSettled(net: Network): boolean {
  const kind = net.name.startsWith('plain')
    ? 'plain'
    : net.nodes.some(({ name }) => name.endsWith('.conv3'))
      ? 'bottleneck'
      : net.nodes.some(({ name }) => name === 'bn')
        ? 'preActivation'
        : 'original';
  return normalisations(net) <= SETTLED[kind];
}

/** Batch norm over few values magnifies rounding: more images for its nets, and few steps where there are many nets. */
function course(net: Network): { count: number; steps: number } {
  if (normalisations(net) > 0 && net.input[1] > 32) return { count: 4, steps: 2 };
  if (net.name.startsWith('vgg') || net.name.startsWith('wrn')) return { count: 3, steps: 5 };
  return { count: normalisations(net) === 0 ? 3 : 8, steps: 2 };
}

const nets = [...narrowModels, ...normalisedNetworks, smallWideResNet({ dropout: 0.3 })].map(net => ({
  name: net.name,
  net,
}));

describe('every engine agrees with cpu in losses, gradients, and the state after some steps', () => {
  it.each(nets.filter(({ net }) => isSettled(net)))('on $name', ({ net }) => {
    const { count, steps } = course(net);
    return expectParity(net, randomBatch(net, count, 8), { steps });
  });
});

/** More of the same blocks, too deep for gradients to agree in 32-bit floats between any two ways of adding up. */
const deep = nets.filter(
  ({ net }) => !isSettled(net) && !(net.name.startsWith('plain') && normalisations(net) > FORWARD_DEPTH),
);

describe('every engine agrees in the loss of nets too deep to agree in their gradients', () => {
  it.each(deep.filter(({ net }) => net.nodes.length < 1000))('on $name', async ({ net }) => {
    const batch = randomBatch(net, 8, 8);
    const losses: number[] = [];
    for (const { load } of contenders) {
      const trainable = await trainableFrom(await load(), net, initialState(net, 7), batch.count);
      losses.push((await trainable.step(batch, { learningRate: 0, randomness: { seed: 1, step: 0 } })).loss);
      trainable.dispose();
    }
    const [first = Number.NaN] = losses;
    for (const loss of losses) expect(Math.abs(loss - first)).toBeLessThan(LOSS_TOLERANCE * first);
  });

  it('and of the deepest there is, forward', async () => {
    const net = narrowModels.find(({ name }) => name === 'preact-resnet-1001');
    if (!net) throw new RangeError('no preact-resnet-1001');
    expect(nodeNamed(net, 'group3.block111.add').output).toEqual([64, 2, 2]);
    const batch = randomBatch(net, 2, 8);
    const logits = await Promise.all(
      ['onnx', 'wasm'].map(async name => {
        const engine = await loadEngine(name);
        const evaluator = await engine.evaluator(net, initialState(net, 7), { batchSize: batch.count });
        const found = await evaluator.logits(batch.images, batch.count);
        evaluator.dispose();
        return found;
      }),
    );
    const [onnx, wasm] = logits;
    const largest = Math.max(...(wasm ?? []).map(Math.abs));
    onnx?.forEach((value, i) => {
      expect(Math.abs(value - (wasm?.[i] ?? Number.NaN))).toBeLessThan(1e-3 * largest);
    });
  });
});
