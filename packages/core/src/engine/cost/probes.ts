import {
  type Block,
  batchNorm,
  conv,
  dense,
  dropout,
  flatten,
  globalAveragePool,
  layer,
  lrn,
  maxPool,
  type Network,
  network,
  relu,
  type Shape,
  scaledTanh,
  sequence,
} from '../../network/index.js';
import type { ValueKind } from './engine-speed.js';

/** Small networks, each of which spends a training step on one thing. */

const CLASSES = 10;

function probe(input: Shape, ...blocks: readonly Block[]): Network {
  const end = [globalAveragePool('pool'), flatten('flatten'), dense('fc', CLASSES)];
  return network({ name: 'probe', input, classes: CLASSES }, sequence(...blocks, ...end));
}

function repeated(count: number, block: (i: number) => Block): readonly Block[] {
  return Array.from({ length: count }, (_, i) => block(i));
}

/** Next to no work, in three times as many layers as it has groups. */
export function layersProbe(groups: number): Network {
  return probe(
    [16, 4, 4],
    ...repeated(groups, i => sequence(conv(`conv${i}`, 16, 1), batchNorm(`bn${i}`), relu(`relu${i}`))),
  );
}

/** Multiply-adds in 3x3 convolutions of a width, on maps that are smaller the wider they are, as in the papers' nets. */
export function convolutionProbe(channels: number): Network {
  const side = Math.min(32, Math.max(4, 512 / channels));
  const count = channels > 100 ? 2 : 3;
  return probe(
    [channels, side, side],
    ...repeated(count, i => sequence(conv(`conv${i}`, channels, 3, { bias: false }), relu(`relu${i}`))),
  );
}

/** Parameters, with little to do for each. */
export function parametersProbe(): Network {
  return probe([512, 1, 1], ...repeated(2, i => layer(`fc${i}`, { kind: 'dense', units: 512, bias: false })));
}

/** Passes over memory: layers of one kind, below which something learns, so that gradients go through them. */
export const valueProbes: Readonly<Record<ValueKind, Network>> = {
  relu: passes(i => relu(`layer${i}`)),
  batchNorm: passes(i => batchNorm(`layer${i}`)),
  localResponseNorm: passes(i => lrn(`layer${i}`)),
  maxPool: passes(i => maxPool(`layer${i}`, 2)),
  overlappingPool: passes(i => maxPool(`layer${i}`, 3, { stride: 2, padding: 1 })),
  dropout: passes(i => dropout(`layer${i}`, 0.5)),
  scaledTanh: passes(i => scaledTanh(`layer${i}`)),
};

function passes(block: (i: number) => Block): Network {
  return probe([3, 32, 32], conv('conv', 32, 1), ...repeated(3, block));
}
