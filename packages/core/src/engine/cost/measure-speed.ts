import { elements, type Network } from '../../network/index.js';
import { streamKey, uniformArray } from '../../random/index.js';
import type { Batch, Engine, Optimizer } from '../engine.js';
import type { ComputingSpeed, MultiplyAddSpeed, ValueKind } from './engine-speed.js';
import { convolutionProbe, layersProbe, parametersProbe, valueProbes } from './probes.js';
import { stepSeconds } from './step-seconds.js';

/** A probe's steps are timed for so long, and a step is to take about so long. */
const PROBE_SECONDS = 0.12;
const STEP_SECONDS = 0.04;
const LEAST_STEPS = 3;
const LARGEST_BATCH = 64;

const WIDTHS = [2, 4, 8, 16, 32, 64, 128, 256] as const;
/** What a pass over a value takes, for the size of a batch alone. */
const OPERATIONS_A_VALUE = 100;
/** Of what a probe took, what it was made for has at least this share. */
const LEAST_SHARE = 0.2;

const optimizer: Optimizer = {
  kind: 'sgd',
  form: 'scaled-update',
  momentum: 0.9,
  nesterov: false,
  weightDecay: 5e-4,
  decayOn: 'all',
};

/** Nothing takes time: what is not known yet. */
const free: ComputingSpeed = {
  step: 0,
  layer: 0,
  multiplyAdd: [{ channels: 1, seconds: 0 }],
  parameter: 0,
  value: {
    relu: 0,
    batchNorm: 0,
    localResponseNorm: 0,
    maxPool: 0,
    overlappingPool: 0,
    dropout: 0,
    scaledTanh: 0,
  },
  build: 0,
};

/**
 * Times training steps of small networks. Each is made for one constant, which is what those known before leave over of
 * its time: first overheads, then passes over memory, then convolutions, then parameters. It takes a few seconds; slow
 * engines get smaller batches.
 */
export async function measureComputing(engine: Engine, threads?: number): Promise<ComputingSpeed> {
  const time = (network: Network, batchSize: number): Promise<Timing> =>
    timeSteps(engine, network, batchSize, threads);
  /** The constant for which a network was made: where it is one, and all others nothing, `unit` says how much of it there is. */
  const solve = async (
    network: Network,
    batchSize: number,
    known: ComputingSpeed,
    unit: Partial<ComputingSpeed>,
  ): Promise<number> => {
    const { step } = await time(network, batchSize);
    const left = Math.max(LEAST_SHARE * step, step - stepSeconds(network, batchSize, known));
    return left / stepSeconds(network, batchSize, { ...free, ...unit });
  };

  await time(layersProbe(1), 2);
  const [shallow, deep] = [layersProbe(1), layersProbe(8)];
  const [few, many] = [await time(shallow, 2), await time(deep, 2)];
  const added = deep.nodes.length - shallow.nodes.length;
  const layer = Math.max(0, (many.step - few.step) / added);
  const step = Math.max(0, few.step - shallow.nodes.length * layer);
  let speed: ComputingSpeed = { ...free, layer, step, build: many.build / deep.nodes.length };

  let perOperation = await solve(convolutionProbe(16), 1, speed, { multiplyAdd: each(1) });
  for (const [kind, network] of Object.entries(valueProbes) as [ValueKind, Network][]) {
    const unit = { value: { ...free.value, [kind]: 1 } };
    const size = batchFor(stepSeconds(network, 1, { ...free, ...unit }) * OPERATIONS_A_VALUE * perOperation);
    const seconds = await solve(network, size, speed, unit);
    speed = { ...speed, value: { ...speed.value, [kind]: seconds } };
  }
  const multiplyAdd: MultiplyAddSpeed[] = [];
  for (const channels of WIDTHS) {
    const network = convolutionProbe(channels);
    const size = batchFor(stepSeconds(network, 1, { ...free, multiplyAdd: each(perOperation) }));
    perOperation = await solve(network, size, speed, { multiplyAdd: each(1) });
    multiplyAdd.push({ channels, seconds: perOperation });
  }
  speed = { ...speed, multiplyAdd };
  return { ...speed, parameter: await solve(parametersProbe(), 8, speed, { parameter: 1 }) };
}

function each(seconds: number): readonly MultiplyAddSpeed[] {
  return [{ channels: 1, seconds }];
}

function batchFor(secondsAnImage: number): number {
  return Math.min(LARGEST_BATCH, Math.max(1, Math.round(STEP_SECONDS / secondsAnImage)));
}

interface Timing {
  /** Seconds of the fastest step: what else the machine does is no part of its speed. */
  readonly step: number;
  /** Seconds of building. */
  readonly build: number;
}

async function timeSteps(
  engine: Engine,
  network: Network,
  batchSize: number,
  threads: number | undefined,
): Promise<Timing> {
  const began = performance.now();
  const trainable = await engine.build(network, {
    batchSize,
    optimizer,
    ...(threads !== undefined && { threads }),
  });
  const build = (performance.now() - began) / 1000;
  const batch = noise(network, batchSize);
  const seconds: number[] = [];
  const deadline = { at: Number.POSITIVE_INFINITY };
  try {
    // The first step warms up.
    for (let step = 0; step <= LEAST_STEPS || performance.now() < deadline.at; step++) {
      const started = performance.now();
      await trainable.step(batch, { learningRate: 1e-6, randomness: { seed: 0, step } });
      const taken = (performance.now() - started) / 1000;
      if (step === 0) deadline.at = performance.now() + 1000 * PROBE_SECONDS;
      else seconds.push(taken);
    }
    return { build, step: Math.min(...seconds) };
  } finally {
    trainable.dispose();
  }
}

function noise(network: Network, count: number): Batch {
  const images = uniformArray(count * elements(network.input), streamKey(0, 'subset', 'images'), -1, 1);
  return { images, labels: new Int32Array(count), count };
}
