import type { Graph, Value } from './graph/graph.js';
import { equal, exponential, mean, multiply, negate, reshape, subtract, sum } from './graph/operators.js';

export interface Loss {
  /** Mean over the batch; a scalar. */
  readonly loss: Value;
  /** How many of the batch have their largest logit at their label; a scalar. */
  readonly correct: Value;
  /** Of the loss with respect to the logits, in their shape. */
  readonly gradient: Value;
}

/**
 * Softmax cross-entropy, times `weight` in the gradient. `logits`: `[batch, classes, 1, 1]`; `labels`: int64 `[batch]`.
 */
export function softmaxCrossEntropy(graph: Graph, logits: Value, labels: Value, weight = 1): Loss {
  const [batch = 1, classes = 1] = logits.shape;
  const rows = reshape(graph, logits, [batch, classes]);
  const classNumbers = graph.integers(Array.from({ length: classes }, (_, i) => i));
  const truth = equal(graph, reshape(graph, labels, [batch, 1]), classNumbers);
  const logProbabilities = graph.apply(
    'LogSoftmax',
    [rows],
    { shape: rows.shape },
    { attributes: { axis: 1 } },
  );
  const likelihoods = sum(graph, multiply(graph, logProbabilities, truth), [1]);
  const best = graph.apply(
    'ArgMax',
    [rows],
    { shape: [batch], type: 'int64' },
    { attributes: { axis: 1, keepdims: 0 } },
  );
  const surplus = subtract(graph, exponential(graph, logProbabilities), truth);
  return {
    loss: negate(graph, mean(graph, likelihoods, [0])),
    correct: sum(graph, equal(graph, best, labels), [0]),
    gradient: reshape(graph, multiply(graph, surplus, weight / batch), logits.shape),
  };
}
