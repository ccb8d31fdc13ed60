import { createInterface } from 'node:readline';
import type { ModelSpec } from '../../models/index.js';
import { buildModel } from '../../models/index.js';
import { elements, type Network } from '../../network/index.js';
import { normalArray, stream, streamKey, uniformArray } from '../../random/index.js';
import type { Batch, Engine, Optimizer, State, Tensor } from '../engine.js';

/** What a child of the bench is told to train. */
export interface StepTask {
  readonly engine: string;
  readonly model: ModelSpec;
  readonly batchSize: number;
  readonly threads: number;
  readonly optimizer: Optimizer;
  /** Names of layers that stay as they are. */
  readonly frozen?: readonly string[];
}

const LEARNING_RATE = 0.01;

/** Serves one task over standard input and output: the other side of `startRunner`. */
export async function serveSteps(load: (engine: string) => Promise<Engine>): Promise<void> {
  let advance: (() => Promise<unknown>) | undefined;
  for await (const line of createInterface({ input: process.stdin })) {
    if (!advance) {
      advance = await prepare(JSON.parse(line), load);
      process.stdout.write('ready\n');
      continue;
    }
    const before = performance.now();
    for (let step = 0; step < Number(line); step++) await advance();
    process.stdout.write(`${(performance.now() - before) / 1000}\n`);
  }
}

async function prepare(
  { engine: name, model, batchSize, threads, optimizer, frozen = [] }: StepTask,
  load: (engine: string) => Promise<Engine>,
): Promise<() => Promise<unknown>> {
  const engine = await load(name);
  const net = buildModel(model);
  const trainable = await engine.build(net, { batchSize, optimizer, threads, frozen });
  await trainable.restore(randomState(net));
  const batch = randomBatch(net, batchSize);
  let step = 0;
  return () => trainable.step(batch, { learningRate: LEARNING_RATE, randomness: { seed: 0, step: step++ } });
}

/** Weights of variance 2 / fan-in (He et al. 2015): activations of an ordinary size. */
function randomState(net: Network): State {
  return new Map(
    net.nodes.flatMap(node =>
      node.parameters.map(({ name, shape, role, fanIn }): [string, Tensor] => {
        const full = `${node.name}.${name}`;
        const range = role === 'weight' ? Math.sqrt(6 / fanIn) : 0;
        const data = uniformArray(elements(shape), streamKey(0, 'init', full), -range, range);
        return [full, { shape, data: role === 'scale' ? data.fill(1) : data }];
      }),
    ),
  );
}

function randomBatch(net: Network, count: number): Batch {
  const labels = stream(0, 'subset', 'labels');
  return {
    images: normalArray(count * elements(net.input), streamKey(0, 'subset', 'images'), 1),
    labels: Int32Array.from({ length: count }, (_, i) => labels.below(net.classes, i)),
    count,
  };
}
