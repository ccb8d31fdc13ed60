import { dispose, keep, stack, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Network } from '../../network/index.js';
import { checkBatch } from '../batch-checks.js';
import type { Batch, BuildOptions, StepOptions, StepResult, Trainable } from '../engine.js';
import { on } from './current-backend.js';
import { differentiate } from './differentiate.js';
import type { LoweredNetwork } from './forward.js';
import { download } from './held-tensor.js';
import { updated } from './optimizer.js';
import { probe } from './probe.js';
import { foundIn, holdAll, named, requiredIn, velocityOf } from './state.js';

/** Each in the order of the network's parameters or statistics. */
interface HeldState {
  readonly weights: Tensor[];
  readonly statistics: Tensor[];
  readonly velocities: Tensor[];
}

/**
 * Weights, statistics and velocities on a backend, at their initial values until a state is restored. Every step makes
 * new tensors and frees the old: `wasm` caches what it derives from a filter under the tensor's identity, so nothing is
 * overwritten in place.
 */
export function trainable(
  backend: string,
  network: Network,
  lowered: LoweredNetwork,
  { batchSize, optimizer }: BuildOptions,
): Trainable {
  const { parameters, statistics } = lowered;
  const slots = parameters.map(velocityOf);
  let held: HeldState = on(backend, () => ({
    weights: holdAll(parameters),
    statistics: holdAll(statistics),
    velocities: holdAll(slots),
  }));

  const release = (): void => dispose([held.weights, held.statistics, held.velocities]);
  const replace = (next: HeldState): void => {
    release();
    held = next;
  };

  const advance = (batch: Batch, { randomness, learningRate }: StepOptions): Tensor =>
    tidy(() => {
      const { weights, velocities } = held;
      const followed = new Map<string, Tensor>();
      const { loss, correct, gradients } = differentiate({
        ...{ network, lowered, weights, statistics: held.statistics, batch, randomness },
        updateStatistic: (name, value) => followed.set(name, keep(value)),
      });
      const updates = parameters.map(({ role }, i) =>
        updated(optimizer, learningRate, role, {
          weight: weights[i] as Tensor,
          velocity: velocities[i] as Tensor,
          gradient: gradients[i] as Tensor,
        }),
      );
      replace({
        weights: updates.map(({ weight }) => keep(weight)),
        statistics: statistics.map(({ fullName }) => followed.get(fullName) as Tensor),
        velocities: updates.map(({ velocity }) => keep(velocity)),
      });
      const summary = stack([loss, correct]);
      dispose([loss, correct]);
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
        tidy(() => differentiate({ network, lowered, ...held, batch, randomness })),
      );
      const values = await download(backend, named(parameters, gradients));
      const [value] = await loss.data();
      dispose([loss, correct, ...gradients]);
      return { loss: value as number, gradients: values };
    },

    state: () =>
      download(backend, [
        ...named(parameters, held.weights),
        ...named(statistics, held.statistics),
        ...named(slots, held.velocities),
      ]),

    async restore(state) {
      const weights = requiredIn(state, parameters);
      const [running, velocities] = [foundIn(state, statistics), foundIn(state, slots)];
      on(backend, () =>
        replace({
          weights: holdAll(parameters, weights),
          statistics: holdAll(statistics, running),
          velocities: holdAll(slots, velocities),
        }),
      );
    },

    async probe(layers, batch) {
      checkBatch(batch, network, batchSize);
      return probe(backend, { network, lowered, ...held, batch }, layers);
    },

    dispose: release,
  };
}
