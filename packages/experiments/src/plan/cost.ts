import { isOfPhotographs } from '@strata/core/data';
import {
  buildSeconds,
  type EngineSpeed,
  evaluatorSeconds,
  inferenceSeconds,
  stepSeconds,
} from '@strata/core/engine/cost';
import { buildModel } from '@strata/core/models';
import { elements } from '@strata/core/network';
import { type Protocol, viewCount } from '@strata/core/training';
import type { Split } from '../store/index.js';
import { usualProtocol } from './evaluations.js';
import { lookCount } from './looks.js';
import type { PlannedRun } from './plan.js';

/** What a run is expected to take, in seconds, in a process of its own. */
export interface RunCost {
  /** From the start of its process to its first step. */
  readonly start: number;
  readonly training: number;
  /** Looks at the test images on the way, and the planned evaluations. */
  readonly testing: number;
}

export function totalSeconds({ start, training, testing }: RunCost): number {
  return start + training + testing;
}

/** Expected at a speed that was measured for the engine. */
export function runCost({ run, steps, images, evaluations }: PlannedRun, speed: EngineSpeed): RunCost {
  const network = buildModel(run.model);
  const { recipe } = run;
  const photograph = isOfPhotographs(run.dataset.name) ? PHOTOGRAPH : { trained: 0, tested: 0 };
  const test = (protocol: Protocol, split: Split): number => {
    const looks = passesOf(protocol, network.input[1]) * images[split];
    const read = readingsOf(protocol) * images[split] * photograph.tested;
    return evaluatorSeconds(network, speed) + inferenceSeconds(network, looks, speed) + read;
  };
  const looks = lookCount(recipe.epochs) * test(usualProtocol(recipe, network.input), 'test');
  const tests = evaluations.map(({ evaluation: { protocol, split } }) => test(protocol, split));
  const values = elements(network.input);
  const step = stepSeconds(network, recipe.batchSize, speed) * (1 + BESIDE_STEPS);
  const painted = run.dataset.name === 'shapes' ? values * PAINTING * (images.train + images.test) : 0;
  return {
    start: speed.start + OPENING + painted + buildSeconds(network, speed),
    training: steps * (step + recipe.batchSize * (values * INPUT + photograph.trained)),
    testing: tests.reduce((sum, seconds) => sum + seconds, looks),
  };
}

// Measured on the same machine as the usual speed; small beside the rest.

/** Share of a step that collecting garbage, writing events and checkpoints take. */
const BESIDE_STEPS = 0.08;
/** Seconds for one value of an input: read, moved, normalised, handed over. */
const INPUT = 1.2e-8;
/** Seconds for one value of a generated image. */
const PAINTING = 5.5e-8;
/**
 * Seconds for a photograph of 160 by 210 pixels, decoded and scaled whenever it is wanted, with both cores at work on runs. For
 * a test its size is read first.
 */
const PHOTOGRAPH = { trained: 1.7e-3, tested: 3.8e-3 } as const;
/** Seconds for the libraries of a run, its store and its data. */
const OPENING = 0.3;

/** Inputs of the network's own size, `side` pixels high, that the views of one image amount to. */
function passesOf(protocol: Protocol, side: number): number {
  switch (protocol.kind) {
    case 'combined':
      return protocol.parts.reduce((sum, part) => sum + passesOf(part, side), 0);
    case 'dense': {
      const areas = (protocol.scales ?? [side]).reduce((sum, scale) => sum + (scale / side) ** 2, 0);
      return (protocol.flip ? 2 : 1) * areas;
    }
    default:
      return viewCount(protocol);
  }
}

/** How often an image is read for a protocol: once for each size that it is scaled to. */
function readingsOf(protocol: Protocol): number {
  if (protocol.kind === 'combined') return protocol.parts.reduce((sum, part) => sum + readingsOf(part), 0);
  return 'scales' in protocol ? (protocol.scales?.length ?? 1) : 1;
}

/** Of an ONNX process, measured: copies of a parameter around a step, and of an activation that is kept. */
const PARAMETER_COPIES = 13;
const ACTIVATION_COPIES = 0.9;
/** Of any process: the runtime, the libraries, its images. */
const PROCESS_BYTES = 280e6;

/**
 * Bytes that the process of a run takes at its peak, expected. The ONNX engine frees an activation's memory as soon as its
 * gradient is taken; others are expected to hold all that training holds.
 */
export function processBytes({ run, parameters, trainingBytes }: PlannedRun): number {
  if (run.engine !== 'onnx') return PROCESS_BYTES + trainingBytes;
  const activations = (trainingBytes - 12 * parameters) / 2;
  return PROCESS_BYTES + 4 * parameters * PARAMETER_COPIES + activations * ACTIVATION_COPIES;
}

/** What GPU-hours are reckoned for: the data sheet's rate without tensor cores, and what training usually reaches of it. */
export const ASSUMED_GPU = { name: 'NVIDIA A100', teraflops: 19.5, share: 0.4 } as const;

/** Hours of one such GPU: two operations a multiply-add, three passes a step, one for each view in a test. */
export function gpuHours({ run, steps, images, evaluations, multiplyAdds }: PlannedRun): number {
  const [, side] = buildModel(run.model).input;
  const trained = 3 * steps * run.recipe.batchSize;
  const looked = (protocol: Protocol, split: Split): number => passesOf(protocol, side) * images[split];
  const tested = evaluations.reduce(
    (sum, { evaluation: { protocol, split } }) => sum + looked(protocol, split),
    0,
  );
  return (2 * multiplyAdds * (trained + tested)) / (1e12 * ASSUMED_GPU.teraflops * ASSUMED_GPU.share) / 3600;
}
