import { atInput, elements, type Network, nodeNamed } from '../../network/index.js';
import { checkImages } from '../batch-checks.js';
import type { Evaluator, EvaluatorOptions, State } from '../engine.js';
import { emitNetwork } from './emit.js';
import { createGraph } from './graph/graph.js';
import { portablePlan } from './plan.js';
import { floatsOf, floatTensor, openSession, type Runtime } from './runtime.js';
import { logicalData } from './state.js';
import { portable } from './target.js';
import { describeVariable, type VariableSource } from './variables.js';

const LOGITS = 'logits';

/**
 * Weights are constants here, so that ONNX Runtime itself folds batch norm into convolutions and picks layouts. A
 * smaller last batch is filled up with zeros: an image's logits do not depend on its company.
 */
export async function createEvaluator(
  runtime: Runtime,
  network: Network,
  weights: State,
  { batchSize, inputShape = network.input, threads }: EvaluatorOptions,
): Promise<Evaluator> {
  const resized = atInput(network, inputShape);
  const graph = createGraph();
  const variables: VariableSource = (node, name, storage) => {
    const own = describeVariable(nodeNamed(network, node.name), name);
    const data = logicalData(weights, own.name, own.shape);
    const { shape } = describeVariable(node, name);
    return graph.constant(storage?.pack(data) ?? data, storage?.shape ?? shape);
  };
  const { logits } = emitNetwork(resized, portablePlan(resized), {
    graph,
    mode: 'evaluation',
    frozen: { layers: new Set(), transparent: false },
    batchSize,
    variables,
    reorder: portable.reorder,
  });
  graph.output(LOGITS, logits.value);
  const session = await openSession(runtime, graph.finish(), threads === undefined ? {} : { threads });
  const pixels = elements(inputShape);

  return {
    async logits(images, count) {
      checkImages(images, count, inputShape, batchSize);
      const filled = new Float32Array(batchSize * pixels);
      filled.set(images);
      const results = await session.run({
        image: floatTensor(runtime, filled, [batchSize, ...inputShape]),
      });
      return floatsOf(results[LOGITS]).slice(0, count * network.classes);
    },
    dispose() {
      void session.release();
    },
  };
}
