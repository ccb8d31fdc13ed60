import { fileURLToPath } from 'node:url';
import { startRunner } from './child-runner.js';
import type { Contender } from './measure.js';
import { type BenchNet, benchNetwork, benchOptimizer } from './nets.js';
import type { StepTask } from './step-task.js';

const WORKER = fileURLToPath(new URL('./step-worker.js', import.meta.url));
const TORCH_SCRIPT = fileURLToPath(new URL('../../../bench/torch-steps.py', import.meta.url));

export interface Placement {
  readonly threads: number;
  readonly processes: number;
}

/** All cores for one process, and one core each for as many processes. */
export function placements(cores: number): readonly Placement[] {
  return cores === 1
    ? [{ threads: 1, processes: 1 }]
    : [
        { threads: cores, processes: 1 },
        { threads: 1, processes: cores },
      ];
}

/** One of Strata's engines, in child processes of its own. */
export function engineContender(engine: string, net: BenchNet, { threads, processes }: Placement): Contender {
  const { model, batchSize } = net;
  return stepContender({ engine, model, batchSize, threads, optimizer: benchOptimizer }, processes);
}

/** Training steps of any net, in child processes of their own. */
export function stepContender(task: StepTask, processes = 1): Contender {
  const { engine, threads } = task;
  return {
    engine,
    threads,
    processes,
    start: () => startRunner({ command: process.execPath, args: [WORKER], task }),
  };
}

/** The same net in PyTorch (channels last, its own optimizer), under a Python that has it. */
export function torchContender(python: string, net: BenchNet, { threads, processes }: Placement): Contender {
  const task = {
    network: benchNetwork(net),
    batchSize: net.batchSize,
    threads,
    optimizer: benchOptimizer,
  };
  const env = { OMP_NUM_THREADS: `${threads}` };
  return {
    engine: 'torch',
    threads,
    processes,
    start: () => startRunner({ command: python, args: [TORCH_SCRIPT], env, task }),
  };
}
