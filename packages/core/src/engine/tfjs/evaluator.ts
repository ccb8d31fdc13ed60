import { dispose, tidy } from '@tensorflow/tfjs-core';
import type { Network } from '../../network/index.js';
import { checkImages } from '../batch-checks.js';
import type { Evaluator, EvaluatorOptions, Tensor } from '../engine.js';
import { uploadImages } from './batch.js';
import { on } from './current-backend.js';
import type { LoweredNetwork } from './forward.js';
import { byName, holdAll } from './state.js';

/**
 * A network with fixed weights, for `network.input` sized images. `tensors` are its parameters, then its statistics:
 * elements in their order, whatever the shape.
 */
export function evaluator(
  backend: string,
  network: Network,
  lowered: LoweredNetwork,
  tensors: readonly Tensor[],
  { batchSize }: EvaluatorOptions,
): Evaluator {
  const places = [...lowered.parameters, ...lowered.statistics];
  const held = on(backend, () =>
    holdAll(
      places,
      tensors.map(({ data }, i) => ({ shape: places[i]?.shape ?? [], data })),
    ),
  );
  const heldByName = byName(places, held);
  return {
    async logits(images, count) {
      checkImages(images, count, network.input, batchSize);
      const logits = on(backend, () =>
        tidy(() =>
          lowered.forward({
            mode: 'evaluation',
            images: uploadImages(images, count, network.input),
            tensors: heldByName,
          }),
        ),
      );
      const values = Float32Array.from(await logits.data<'float32'>());
      logits.dispose();
      return values;
    },
    dispose: () => dispose(held),
  };
}
