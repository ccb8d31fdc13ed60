import { createInterface } from 'node:readline';
import { channelStatistics, openTraining, shapes } from '../../data/index.js';
import { type BenchNet, benchNetwork, benchOptimizer } from '../../engine/bench/index.js';
import { loadEngine } from '../../engine/index.js';
import { initialState } from '../initialise.js';

/** What a child of the pipeline's bench is told to train. */
export interface WaitingTask {
  readonly net: BenchNet;
  readonly engine: string;
  readonly threads: number;
  /** Threads that make batches; as a training chooses them when left out. */
  readonly workers?: number;
}

const LEARNING_RATE = 0.01;
const IMAGES = 5000;

/**
 * Serves one task over standard input and output: for each number of steps, the share of their time in which the engine
 * waited for batches, padded by 4, cropped and flipped.
 */
export async function serveWaiting(): Promise<void> {
  let measure: ((steps: number) => Promise<number>) | undefined;
  for await (const line of createInterface({ input: process.stdin })) {
    if (!measure) {
      measure = await prepare(JSON.parse(line) as WaitingTask);
      process.stdout.write('ready\n');
    } else process.stdout.write(`${await measure(Number(line))}\n`);
  }
}

async function prepare({
  net,
  engine: name,
  threads,
  workers,
}: WaitingTask): Promise<(steps: number) => Promise<number>> {
  const { batchSize } = net;
  const engine = await loadEngine(name);
  const network = benchNetwork(net);
  const trainable = await engine.build(network, { batchSize, optimizer: benchOptimizer, threads });
  await trainable.restore(initialState(network, { kind: 'msra', bias: 0 }, 0));
  const { train } = shapes({ train: IMAGES, test: 1 });
  // Reads every image too, as a training has done before its first step.
  const statistics = channelStatistics(train);
  const { batchAt, stepsPerEpoch } = openTraining(train, {
    batchSize,
    normalisation: { kind: 'mean-deviation' },
    statistics,
    augmentation: [{ kind: 'pad-crop', pad: 4, mode: 'reflect' }, { kind: 'flip' }],
    seed: 0,
    threads,
    ...(workers !== undefined && { workers }),
  });
  let step = 0;
  return async steps => {
    const began = performance.now();
    let waited = 0;
    for (let i = 0; i < steps; i++, step++) {
      const asked = performance.now();
      const batch = await batchAt(Math.floor(step / stepsPerEpoch), step % stepsPerEpoch);
      waited += performance.now() - asked;
      await trainable.step(batch, { learningRate: LEARNING_RATE, randomness: { seed: 0, step } });
    }
    return waited / (performance.now() - began);
  };
}
