import { loadEngine } from '@strata/core/engine';
import { UsageError } from '@strata/core/errors';
import { elements, type Network } from '@strata/core/network';
import { normalArray, streamKey } from '@strata/core/random';
import { type Initialisation, initialState } from '@strata/core/training';
import { formatTable } from './print.js';

/** What comes out of a layer before the first step. */
export interface LayerStart {
  readonly layer: string;
  readonly mean: number;
  readonly deviation: number;
  /** Of the loss's gradient of these outputs. */
  readonly gradientNorm: number;
}

const IMAGES = 16;
const SEED = 0;

/**
 * `msra`, `glorot`, or the deviation of a normal distribution at full width, divided by the square root of the width; biases start at 0.
 * @throws UsageError for anything else.
 */
export function parseStart(text: string, width: number): Initialisation {
  if (text === 'msra' || text === 'glorot') return { kind: text, bias: 0 };
  const deviation = Number(text);
  if (deviation > 0) return { kind: 'gaussian', deviation, width, bias: 0 };
  throw new UsageError(
    `--probe=${text}: expected how weights start: msra, glorot, or a deviation (0.01) as at full width.`,
  );
}

/**
 * Draws a network's weights and shows it normal noise of unit deviation: outputs of every convolution and dense layer. A deviation that
 * falls or grows from layer to layer is that of a net that will start late, or not at all.
 */
export async function probeStart(
  network: Network,
  initialisation: Initialisation,
): Promise<readonly LayerStart[]> {
  const engine = await loadEngine('auto');
  const trainable = await engine.build(network, {
    batchSize: IMAGES,
    optimizer: {
      kind: 'sgd',
      form: 'scaled-update',
      momentum: 0,
      nesterov: false,
      weightDecay: 0,
      decayOn: 'all',
    },
  });
  try {
    await trainable.restore(initialState(network, initialisation, SEED));
    const layers = network.nodes
      .filter(({ parameters }) => parameters.some(({ role }) => role === 'weight'))
      .map(({ name }) => name);
    const batch = {
      images: normalArray(IMAGES * elements(network.input), streamKey(SEED, 'augment', 'probe'), 1),
      labels: Int32Array.from({ length: IMAGES }, (_, i) => i % network.classes),
      count: IMAGES,
    };
    const found = await trainable.probe(layers, batch);
    return [...found].map(([layer, statistics]) => ({ layer, ...statistics }));
  } finally {
    trainable.dispose();
  }
}

export function formatStart(layers: readonly LayerStart[]): string {
  return formatTable(
    ['layer', 'mean', 'deviation', 'gradient norm'],
    layers.map(({ layer, mean, deviation, gradientNorm }) => [
      layer,
      ...[mean, deviation, gradientNorm].map(value => value.toPrecision(3)),
    ]),
    [1, 2, 3],
  );
}
