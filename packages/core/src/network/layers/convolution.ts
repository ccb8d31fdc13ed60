import { UsageError } from '../../errors/index.js';
import type { LayerDefinition } from '../layer-definition.js';
import { describeWindow, elements, type Shape, slide, squareWindow, type Window } from '../shape.js';

export interface Convolution {
  readonly kind: 'convolution';
  readonly filters: number;
  readonly window: Window;
  /** Channels are split into so many groups that do not see each other (AlexNet's two GPUs). */
  readonly groups: number;
  readonly bias: boolean;
}

function weightShape({ filters, window, groups }: Convolution, [channels]: Shape): readonly number[] {
  if (channels % groups !== 0 || filters % groups !== 0) {
    throw new UsageError(
      `${groups} groups divide neither ${channels} channels into ${filters} filters evenly.`,
    );
  }
  return [filters, channels / groups, ...window.size];
}

export const convolution: LayerDefinition<Convolution> = {
  kind: 'convolution',
  describe: ({ filters, window, groups }) =>
    `${describeWindow(window)}, ${filters}${groups === 1 ? '' : `, ${groups} groups`}`,
  output: (layer, input) => [layer.filters, ...slide(layer.window, input)],
  parameters(layer, input) {
    const shape = weightShape(layer, input);
    const area = elements(layer.window.size);
    const fanIn = (input[0] / layer.groups) * area;
    const fanOut = (layer.filters / layer.groups) * area;
    const weight = { name: 'weight', shape, role: 'weight', fanIn, fanOut } as const;
    const bias = { name: 'bias', shape: [layer.filters], role: 'bias', fanIn, fanOut } as const;
    return layer.bias ? [weight, bias] : [weight];
  },
  multiplyAdds: (layer, input) => elements(weightShape(layer, input)) * elements(slide(layer.window, input)),
  window: layer => layer.window,
  examples: [
    example(3, squareWindow(3, { padding: 1 }), [2, 5, 4]),
    example(4, squareWindow(1), [3, 3, 3]),
    example(2, squareWindow(3, { stride: 2, padding: 1 }), [2, 6, 7]),
    example(3, squareWindow(5, { stride: 2 }), [1, 9, 8]),
    example(2, squareWindow(3, { padding: [0, 1, 1, 2] }), [2, 4, 5]),
    {
      layer: { ...example(4, squareWindow(3, { padding: 1 }), [2, 4, 4]).layer, groups: 2 },
      inputs: [[2, 4, 4]],
    },
    { layer: { ...example(2, squareWindow(2), [2, 4, 4]).layer, bias: false }, inputs: [[2, 4, 4]] },
  ],
};

function example(filters: number, window: Window, input: Shape): { layer: Convolution; inputs: Shape[] } {
  return { layer: { kind: 'convolution', filters, window, groups: 1, bias: true }, inputs: [input] };
}
