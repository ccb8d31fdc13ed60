import { elements, type Network } from '../../network/index.js';
import { checkImages } from '../batch-checks.js';
import type { Evaluator, EvaluatorOptions, State } from '../engine.js';
import { createGraph } from './graph/graph.js';
import { emitInference } from './inference.js';
import { floatsOf, floatTensor, openSession, type Runtime } from './runtime.js';

const LOGITS = 'logits';

/** A smaller last batch is filled up with zeros: an image's logits do not depend on its company. */
export async function createEvaluator(
  runtime: Runtime,
  network: Network,
  weights: State,
  { batchSize, inputShape = network.input, threads }: EvaluatorOptions,
): Promise<Evaluator> {
  const graph = createGraph();
  graph.output(LOGITS, emitInference(graph, network, weights, { batchSize, inputShape }));
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
