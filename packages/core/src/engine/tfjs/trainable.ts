import { dispose, keep, stack, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Network } from '../../network/index.js';
import {
  type Batch,
  type BuildOptions,
  momentumName,
  type StepOptions,
  type StepResult,
  type Trainable,
} from '../engine.js';
import { checkBatch } from './batch.js';
import { on } from './current-backend.js';
import { differentiate } from './differentiate.js';
import type { LoweredNetwork } from './forward.js';
import { download } from './held-tensor.js';
import { updated } from './optimizer.js';
import { holdAll, named, velocitiesIn, weightsIn } from './parameters.js';
import { probe } from './probe.js';

/**
 * Weights and velocities on a backend, all zero until a state is restored. Every step makes new tensors and frees the
 * old: `wasm` caches what it derives from a filter under the tensor's identity, so nothing is overwritten in place.
 */
export function trainable(
  backend: string,
  network: Network,
  lowered: LoweredNetwork,
  { batchSize, optimizer }: BuildOptions,
): Trainable {
  let [weights, velocities] = on(backend, () => [holdAll(lowered), holdAll(lowered)]);

  const replace = (next: { weights: Tensor[]; velocities: Tensor[] }): void => {
    dispose([weights, velocities]);
    ({ weights, velocities } = next);
  };

  const advance = (batch: Batch, options: StepOptions): Tensor =>
    tidy(() => {
      const { randomness, learningRate } = options;
      const { loss, correct, gradients } = differentiate({ network, lowered, weights, batch, randomness });
      const updates = lowered.parameters.map(({ role }, i) =>
        updated(optimizer, learningRate, role, {
          weight: weights[i] as Tensor,
          velocity: velocities[i] as Tensor,
          gradient: gradients[i] as Tensor,
        }),
      );
      replace({
        weights: updates.map(({ weight }) => keep(weight)),
        velocities: updates.map(({ velocity }) => keep(velocity)),
      });
      const summary = stack([loss, correct]);
      correct.dispose();
      return summary;
    });

  return {
    async step(batch, options): Promise<StepResult> {
      checkBatch(batch, network, batchSize);
      const summary = on(backend, () => advance(batch, options));
      const [loss, correct] = await summary.data();
      summary.dispose();
      return { loss: loss as number, correct: correct as number };
    },

    async gradients(batch, randomness) {
      checkBatch(batch, network, batchSize);
      const { loss, correct, gradients } = on(backend, () =>
        tidy(() => differentiate({ network, lowered, weights, batch, randomness })),
      );
      const values = await download(backend, named(lowered, gradients));
      const [value] = await loss.data();
      dispose([loss, correct, ...gradients]);
      return { loss: value as number, gradients: values };
    },

    state: () => download(backend, [...named(lowered, weights), ...named(lowered, velocities, momentumName)]),

    async restore(state) {
      const [newWeights, newVelocities] = [weightsIn(state, lowered), velocitiesIn(state, lowered)];
      on(backend, () =>
        replace({ weights: holdAll(lowered, newWeights), velocities: holdAll(lowered, newVelocities) }),
      );
    },

    async probe(layers, batch) {
      checkBatch(batch, network, batchSize);
      return probe(backend, { network, lowered, weights, batch }, layers);
    },

    dispose: () => dispose([weights, velocities]),
  };
}
