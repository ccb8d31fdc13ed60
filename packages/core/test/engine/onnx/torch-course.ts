import type { Optimizer, State, Trainable } from '../../../src/engine/engine.js';
import { elements, type Network } from '../../../src/network/index.js';
import { dropoutMask, streamKey } from '../../../src/random/index.js';
import { classical, exampleBatch, exampleState, layerExamples, modelExamples, nesterov } from './networks.js';

/** What is trained here and by `torch/train.py` alike: five steps on one batch. */
export interface CourseSetting {
  readonly title: string;
  readonly net: Network;
  readonly batchSize: number;
  readonly optimizer: Optimizer;
}

export const STEPS = 5;
export const SEED = 3;
export const LEARNING_RATE = 0.02;

export const courseSettings: readonly CourseSetting[] = [
  ...layerExamples.map(({ title, net }) => ({ title, net, batchSize: 4, optimizer: nesterov })),
  ...modelExamples.map(net => ({ title: net.name, net, batchSize: 8, optimizer: nesterov })),
  ...modelExamples
    .slice(0, 1)
    .map(net => ({ title: `${net.name}, classical`, net, batchSize: 8, optimizer: classical })),
];

/** The same in plain data, with weights, images and dropout masks spelt out, for `torch/train.py`. */
export function describeCourse({ title, net, batchSize, optimizer }: CourseSetting): unknown {
  const batch = exampleBatch(net, batchSize);
  const dropouts = net.nodes.filter(({ layer }) => layer.kind === 'dropout');
  const masksOf = (step: number): Record<string, number[]> =>
    Object.fromEntries(
      dropouts.map(({ name, layer, output }) => {
        const rate = layer.kind === 'dropout' ? layer.rate : 0;
        const key = streamKey(SEED, 'dropout', step, name);
        return [name, [...dropoutMask(batchSize * elements(output), key, rate)]];
      }),
    );
  return {
    title,
    network: net,
    optimizer,
    learningRate: LEARNING_RATE,
    images: [...batch.images],
    labels: [...batch.labels],
    state: [...exampleState(net)].map(([name, { shape, data }]) => ({ name, shape, data: [...data] })),
    masks: Array.from({ length: STEPS }, (_, step) => masksOf(step)),
  };
}

/** A tensor in few numbers: its norm, and elements at even distances. */
export interface Digest {
  readonly norm: number;
  readonly sample: readonly number[];
}

export interface Course {
  readonly losses: readonly number[];
  /** Of the first step. */
  readonly gradients: Readonly<Record<string, Digest>>;
  /** After the last. */
  readonly state: Readonly<Record<string, Digest>>;
}

const SAMPLES = 12;

function digests(state: State): Record<string, Digest> {
  return Object.fromEntries([...state].map(([name, { data }]) => [name, digest(data)]));
}

export function digest(data: Float32Array): Digest {
  const distance = Math.max(1, Math.floor(data.length / SAMPLES));
  const count = Math.min(SAMPLES, data.length);
  return {
    norm: Math.sqrt(data.reduce((sum, x) => sum + x * x, 0)),
    sample: Array.from({ length: count }, (_, i) => data[i * distance] ?? Number.NaN),
  };
}

export async function runCourse(trainable: Trainable, { net, batchSize }: CourseSetting): Promise<Course> {
  await trainable.restore(exampleState(net));
  const batch = exampleBatch(net, batchSize);
  const { gradients } = await trainable.gradients(batch, { seed: SEED, step: 0 });
  const losses: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const options = { learningRate: LEARNING_RATE, randomness: { seed: SEED, step } };
    losses.push((await trainable.step(batch, options)).loss);
  }
  return { losses, gradients: digests(gradients), state: digests(await trainable.state()) };
}
