import { dispose, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Network } from '../../network/index.js';
import type { Evaluator, EvaluatorOptions, State } from '../engine.js';
import { checkImages, uploadImages } from './batch.js';
import { on } from './current-backend.js';
import type { LoweredNetwork } from './forward.js';
import { holdAll, weightsIn } from './parameters.js';

/** A network with fixed weights, for `network.input` sized images. */
export function evaluator(
  backend: string,
  network: Network,
  lowered: LoweredNetwork,
  state: State,
  { batchSize }: EvaluatorOptions,
): Evaluator {
  const found = weightsIn(state, lowered);
  const weights = on(backend, () => holdAll(lowered, found));
  const parameters = new Map(lowered.parameters.map(({ fullName }, i) => [fullName, weights[i] as Tensor]));
  return {
    async logits(images, count) {
      checkImages(images, count, network.input, batchSize);
      const logits = on(backend, () =>
        tidy(() => lowered.forward({ images: uploadImages(images, count, network.input), parameters })),
      );
      const values = Float32Array.from(await logits.data<'float32'>());
      logits.dispose();
      return values;
    },
    dispose: () => dispose(weights),
  };
}
