import type { LayerOfKind } from '../../../network/index.js';
import type { Value } from '../graph/graph.js';
import type { Lowering } from '../lowering.js';
import { bandedValues, normaliseLocally } from '../portable/local-response-norm.js';
import { convolve } from './operators.js';
import { blockedFilters } from './storage.js';

export function localResponseNorm(block: number): Lowering<LayerOfKind<'localResponseNorm'>> {
  return context => {
    const { graph, layer, inputs } = context;
    const [channels] = inputs[0].shape;
    const storage = blockedFilters([channels, channels, 1, 1], block);
    const neighbours = graph.constant(storage.pack(bandedValues(channels, layer.size)), storage.shape);
    const sumOverNeighbours = (value: Value): Value =>
      convolve(graph, value, neighbours, value.shape, { kernel: [1, 1] });
    return normaliseLocally(context, sumOverNeighbours);
  };
}
