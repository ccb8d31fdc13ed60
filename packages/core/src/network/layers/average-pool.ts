import type { LayerDefinition } from '../layer-definition.js';
import { describeWindow, slide, squareWindow, type Window } from '../shape.js';

/** The mean of each window. Padding counts as zeros: every window divides by its full area. */
export interface AveragePool {
  readonly kind: 'averagePool';
  readonly window: Window;
}

export const averagePool: LayerDefinition<AveragePool> = {
  kind: 'averagePool',
  describe: ({ window }) => describeWindow(window),
  output: (layer, input) => [input[0], ...slide(layer.window, input)],
  window: layer => layer.window,
  examples: [
    { layer: { kind: 'averagePool', window: squareWindow(2, { stride: 2 }) }, inputs: [[3, 4, 6]] },
    { layer: { kind: 'averagePool', window: squareWindow(3, { stride: 2 }) }, inputs: [[2, 8, 7]] },
    {
      layer: { kind: 'averagePool', window: squareWindow(3, { stride: 2, padding: 1 }) },
      inputs: [[2, 5, 6]],
    },
  ],
};
