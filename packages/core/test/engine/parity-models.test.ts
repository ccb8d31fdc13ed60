import { describe, expect, it } from 'vitest';
import { loadEngine, type State } from '../../src/engine/index.js';
import { type Network, nodeNamed } from '../../src/network/index.js';
import { expectStatesClose } from './closeness.js';
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
/** Of batch norm's outputs where deep nets are smooth: small enough for tanh to be almost straight. */
const SMOOTH_SCALE = 0.2;
/** Measured there: gradients within 1.1e-4 of the largest in their tensor at up to 156 layers, losses within 3e-7. */
const SMOOTH_TOLERANCE = 3e-4;
const SMOOTH_FLOOR = 1e-3;
const LOSS_TOLERANCE = 1e-5;

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
const deep = nets.filter(({ net }) => !isSettled(net));

/**
 * The same net where rounding stays small on its way through: tanh in place of ReLU has no place at which gradients jump, and
 * by small scales no batch norm lets them grow from layer to layer.
 */
function smooth(net: Network): { net: Network; state: State } {
  const nodes = net.nodes.map(node =>
    node.layer.kind === 'relu' ? { ...node, layer: { kind: 'tanh' } as const } : node,
  );
  const state = new Map(initialState(net, 7));
  for (const { name, layer } of nodes) {
    const scale = state.get(`${name}.weight`);
    if (layer.kind !== 'batchNorm' || !scale) continue;
    state.set(`${name}.weight`, { ...scale, data: scale.data.map(value => SMOOTH_SCALE * value) });
  }
  return { net: { ...net, nodes }, state };
}

describe('every engine agrees on deep nets where they are smooth', () => {
  it.each(deep.filter(({ net }) => net.nodes.length < 1000))(
    'in loss and gradients of $name',
    async ({ net: own }) => {
      const { net, state } = smooth(own);
      const batch = randomBatch(net, 8, 8);
      const found = [];
      for (const { title, load } of contenders) {
        const trainable = await trainableFrom(await load(), net, state, batch.count);
        found.push({ title, ...(await trainable.gradients(batch, { seed: 1, step: 0 })) });
        trainable.dispose();
      }
      const [first, ...others] = found;
      if (!first) throw new RangeError('no engine');
      for (const { title, loss, gradients } of others) {
        expect(Math.abs(loss - first.loss), title).toBeLessThan(LOSS_TOLERANCE * first.loss);
        expectStatesClose(gradients, first.gradients, {
          tolerance: SMOOTH_TOLERANCE,
          floor: SMOOTH_FLOOR,
          title,
        });
      }
    },
  );

  it('and, forward, on the deepest there is', async () => {
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
