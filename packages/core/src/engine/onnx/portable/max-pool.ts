import { elements, type LayerOfKind } from '../../../network/index.js';
import { reshape } from '../graph/operators.js';
import type { Lowering } from '../lowering.js';
import { poolAttributes } from './pooling.js';

/** The gradient goes to the first maximum of each window, in row order. */
export const maxPool: Lowering<LayerOfKind<'maxPool'>> = ({
  graph,
  layer,
  batchSize,
  inputs: [x],
  output,
  gradients,
}) => {
  const shape = [batchSize, ...output];
  const results = [{ shape }, { shape, type: 'int64' }] as const;
  const [y, indices] = graph.applyMany('MaxPool', [x.value], results, { attributes: poolAttributes(layer) });
  if (!y || !indices) throw new RangeError('MaxPool has two results');
  return {
    output: y,
    backward({ value: dy }) {
      if (!gradients.wanted(x)) return;
      const size = elements(x.value.shape);
      const zeros = graph.apply('ConstantOfShape', [graph.integers([size])], { shape: [size] });
      const count = [elements(shape)];
      const sent = graph.apply(
        'ScatterElements',
        [zeros, reshape(graph, indices, count), reshape(graph, dy, count)],
        { shape: [size] },
        { attributes: { axis: 0, reduction: 'add' } },
      );
      gradients.add(x, reshape(graph, sent, x.value.shape));
    },
  };
};
