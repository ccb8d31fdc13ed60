import { execFile } from 'node:child_process';
import { availableParallelism, totalmem } from 'node:os';
import { promisify } from 'node:util';
import type { PlannedRun } from '../../plan/index.js';
import { measuredSplit } from './measured-split.js';
import type { Place } from './places.js';

export interface PlaceRequest {
  /** How many runs there are to train: more slots than that are of no use. */
  readonly runs: number;
  /** Runs at a time, on the CPU or on each device. */
  readonly slots?: number;
  readonly threads?: number;
  readonly devices?: readonly string[];
  /** What is to be measured where neither slots nor threads are given: the heaviest run, and what all may take. */
  readonly measure?: { readonly planned: PlannedRun; readonly seconds: number };
}

/** Of the memory, for runs. */
const SHARE_OF_MEMORY = 0.8;
/** Runs that share a device, where its memory is known and nothing else is said. */
const RUNS_OF_DEVICE = 4;

/** The places of this machine, split as asked; what is left open is measured, or follows from the number of cores. */
export async function choosePlaces(request: PlaceRequest): Promise<readonly Place[]> {
  const { devices, slots, threads, measure, runs } = request;
  if (devices) return Promise.all(devices.map(device => gpuPlace(device, request)));
  if (slots !== undefined || threads !== undefined || !measure) return [cpuPlace(request)];
  const { planned, seconds } = measure;
  const split = await measuredSplit(planned, { cores: availableParallelism(), runs, seconds });
  return [cpuPlace({ ...request, ...(split && { slots: split.processes, threads: split.threads }) })];
}

export function cpuPlace(
  { runs, slots, threads }: PlaceRequest,
  cores: number = availableParallelism(),
): Place {
  const atATime = slots ?? Math.max(1, Math.min(runs, Math.floor(cores / (threads ?? 1))));
  return {
    slots: atATime,
    threads: threads ?? Math.max(1, Math.floor(cores / atATime)),
    bytes: SHARE_OF_MEMORY * totalmem(),
  };
}

async function gpuPlace(device: string, { slots, threads }: PlaceRequest): Promise<Place> {
  const bytes = await deviceBytes(device);
  return {
    device,
    slots: slots ?? (bytes === undefined ? 1 : RUNS_OF_DEVICE),
    ...(threads !== undefined && { threads }),
    bytes: SHARE_OF_MEMORY * (bytes ?? Number.POSITIVE_INFINITY),
  };
}

/** As NVIDIA's own tool says; undefined where there is none. */
async function deviceBytes(device: string): Promise<number | undefined> {
  try {
    const query = ['--query-gpu=memory.total', '--format=csv,noheader,nounits', '-i', device];
    const { stdout } = await promisify(execFile)('nvidia-smi', query, { timeout: 10_000 });
    const mebibytes = Number(stdout.trim());
    return mebibytes > 0 ? mebibytes * 2 ** 20 : undefined;
  } catch {
    return undefined;
  }
}
