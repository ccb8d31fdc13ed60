import { UsageError } from '../../errors/index.js';
import type { LayerDefinition } from '../layer-definition.js';
import { describeWindow, elements, type Shape, slide, squareWindow, type Window } from '../shape.js';

/**
 * A convolution whose filters each see some of the channels only, by a table: C3 of LeNet-5 (LeCun et al. 1998,
 * table I). There is a kernel for each connection, filter by filter, and a bias for each filter.
 */
export interface PartialConvolution {
  readonly kind: 'partialConvolution';
  readonly window: Window;
  /** For each filter the channels that it sees, counted from 0, in rising order. */
  readonly connections: readonly (readonly number[])[];
}

function connectionCount({ connections }: PartialConvolution): number {
  return connections.reduce((sum, seen) => sum + seen.length, 0);
}

function check({ connections }: PartialConvolution, [channels]: Shape): void {
  const fits = (seen: readonly number[]): boolean =>
    seen.length > 0 && seen.every((channel, i) => channel > (seen[i - 1] ?? -1) && channel < channels);
  const wrong = connections.findIndex(seen => !fits(seen));
  if (wrong >= 0) {
    throw new UsageError(
      `Filter ${wrong} sees channels ${connections[wrong]}; expected one or more of 0 to ${channels - 1}, in rising order.`,
    );
  }
}

export const partialConvolution: LayerDefinition<PartialConvolution> = {
  kind: 'partialConvolution',
  describe: layer =>
    `${describeWindow(layer.window)}, ${layer.connections.length}, ${connectionCount(layer)} connections`,
  output(layer, input) {
    check(layer, input);
    return [layer.connections.length, ...slide(layer.window, input)];
  },
  parameters(layer, [channels]) {
    const count = connectionCount(layer);
    const area = elements(layer.window.size);
    // Filters see different numbers of channels: these are the means.
    const fans = { fanIn: (count * area) / layer.connections.length, fanOut: (count * area) / channels };
    return [
      { name: 'weight', shape: [count, ...layer.window.size], role: 'weight', ...fans },
      { name: 'bias', shape: [layer.connections.length], role: 'bias', ...fans },
    ];
  },
  multiplyAdds: (layer, input) =>
    connectionCount(layer) * elements(layer.window.size) * elements(slide(layer.window, input)),
  window: layer => layer.window,
  examples: [
    example(squareWindow(3), [[0, 1], [1, 2], [0, 1, 2], [2]], [3, 5, 4]),
    example(squareWindow(3, { stride: 2, padding: 1 }), [[0], [0, 1]], [2, 6, 5]),
  ],
};

function example(
  window: Window,
  connections: readonly (readonly number[])[],
  input: Shape,
): { layer: PartialConvolution; inputs: Shape[] } {
  return { layer: { kind: 'partialConvolution', window, connections }, inputs: [input] };
}

/** The channels that a filter sees, as rows of a dense filter bank: `[filters · channels, connections]` of ones and zeros. */
export function connectionMatrix(
  { connections }: PartialConvolution,
  channels: number,
): { readonly shape: readonly [rows: number, columns: number]; readonly data: Float32Array } {
  const rows = connections.flatMap((seen, filter) => seen.map(channel => filter * channels + channel));
  const shape = [connections.length * channels, rows.length] as const;
  const data = new Float32Array(shape[0] * shape[1]);
  rows.forEach((row, column) => {
    data[row * shape[1] + column] = 1;
  });
  return { shape, data };
}
