import {
  argMax,
  cast,
  customGrad,
  div,
  equal,
  exp,
  type GradSaveFunc,
  log,
  max,
  mul,
  neg,
  oneHot,
  type Scalar,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/** Mean softmax cross-entropy of `[count, classes]` logits. Its gradient is (softmax - one-hot) / count. */
export function softmaxCrossEntropy(logits: Tensor2D, labels: Tensor1D): Scalar {
  const [count, classes] = logits.shape;
  // Asked for floats, the wasm kernel writes integers all the same.
  const targets = cast(oneHot(labels, classes), 'float32');
  const loss = customGrad((x, save) => {
    const shifted = sub(x as Tensor, max(x as Tensor, 1, true));
    const logProbabilities = sub(shifted, log(sum(exp(shifted), 1, true)));
    (save as GradSaveFunc)([logProbabilities, targets]);
    return {
      value: neg(div(sum(mul(targets, logProbabilities)), count)),
      gradFunc(dy, saved) {
        const [logSoftmax, labelled] = saved as [Tensor, Tensor];
        return mul(dy, div(sub(exp(logSoftmax), labelled), count));
      },
    };
  });
  return loss(logits) as Scalar;
}

/** How many rows have their largest logit at the label. */
export function correctCount(logits: Tensor2D, labels: Tensor1D): Scalar {
  return sum(cast(equal(argMax(logits, 1), labels), 'float32'));
}
