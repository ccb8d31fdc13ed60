import type { LayerDefinition } from '../layer-definition.js';
import { describeWindow, slide, squareWindow, type Window } from '../shape.js';

/** The largest value in each window; windows overlap when the stride is below the size (AlexNet, section 3.4). */
export interface MaxPool {
  readonly kind: 'maxPool';
  readonly window: Window;
}

export const maxPool: LayerDefinition<MaxPool> = {
  kind: 'maxPool',
  describe: ({ window }) => describeWindow(window),
  output: (layer, input) => [input[0], ...slide(layer.window, input)],
  window: layer => layer.window,
  examples: [
    { layer: { kind: 'maxPool', window: squareWindow(2, { stride: 2 }) }, inputs: [[3, 4, 6]] },
    { layer: { kind: 'maxPool', window: squareWindow(2, { stride: 2 }) }, inputs: [[2, 5, 5]] },
    { layer: { kind: 'maxPool', window: squareWindow(3, { stride: 2 }) }, inputs: [[2, 7, 7]] },
    { layer: { kind: 'maxPool', window: squareWindow(3, { stride: 2, padding: 1 }) }, inputs: [[2, 6, 6]] },
  ],
};
