import type { State } from '../../engine/index.js';
import { UsageError } from '../../errors/index.js';
import { IMAGE, inputShapes, type Layer, type Network } from '../../network/index.js';
import { type GraphModel, graphModelBuilder, type Output } from './graph-model.js';
import { type ExportCall, exportLowerings } from './lowerings.js';

/**
 * A trained network as a TensorFlow.js graph model: `image` in, `[batch, height, width, channels]`, preprocessed as in
 * training; `logits` out, `[batch, classes]`.
 * @throws UsageError where the weights lack a tensor of the network.
 */
export function tfjsModel(network: Network, weights: State): GraphModel {
  const graph = graphModelBuilder();
  const [channels, height, width] = network.input;
  const outputs = new Map<string, Output>([[IMAGE, graph.input(IMAGE, [-1, height, width, channels])]]);
  let last: Output = IMAGE;
  for (const node of network.nodes) {
    const inputs = node.inputs.map(name => outputs.get(name) ?? name);
    // The table pairs each kind with the lowering of that kind, which the type system cannot follow.
    const lowering = exportLowerings[node.layer.kind] as (call: ExportCall<Layer>) => Output;
    last = lowering({
      graph,
      name: `layers/${node.name}`,
      layer: node.layer,
      inputs: inputs as [Output, ...Output[]],
      from: inputShapes(network, node)[0] ?? network.input,
      to: node.output,
      tensor: name => tensorOf(weights, `${node.name}.${name}`),
    });
    outputs.set(node.name, last);
  }
  const shape = graph.constant('logits/shape', [2], Int32Array.of(-1, network.classes));
  return graph.finish(graph.node('logits/rows', 'Reshape', [last, shape], { Tshape: { type: 'DT_INT32' } }));
}

function tensorOf(weights: State, name: string) {
  const tensor = weights.get(name);
  if (!tensor) throw new UsageError(`The weights have no "${name}"; train the run again.`);
  return tensor;
}
