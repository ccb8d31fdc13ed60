import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { processBytes } from '../../plan/index.js';
import type { Job, JobEvent, JobOutcome } from '../perform-job.js';
import type { Execution, Executor } from './executor.js';
import type { FromJob, JobTask, ToJob } from './job-task.js';
import { type Occupant, type Place, roomFor } from './places.js';

export interface LocalOptions extends Omit<JobTask, 'job' | 'threads'> {
  readonly places: readonly Place[];
  /** What a job process runs; for tests that make it fail. */
  readonly script?: string;
}

/** The built file, also where the sources are run. */
const jobProcess = fileURLToPath(new URL('../../../dist/runner/executors/job-process.js', import.meta.url));

/** A process that has told its outcome has kept everything: one that does not end then, as native libraries may make it, holds up nothing. */
const ENDING_MS = 2000;
/** Of the error output, for the reason of a crash. */
const KEPT_COMPLAINT = 4000;

/** Each run in a process of its own on this machine, as many at a time as there are slots and memory. */
export function localExecutor({ places, script = jobProcess, ...common }: LocalOptions): Executor {
  const children = new Map<ChildProcess, Occupant>();
  const killAll = (): void => {
    for (const child of children.keys()) child.kill('SIGKILL');
  };
  process.on('exit', killAll);

  return {
    name: 'local',
    start(job, onEvent) {
      const bytes = bytesOf(job);
      const place = roomFor(bytes, places, [...children.values()]);
      if (!place) return undefined;
      const child = startChild(script, place);
      children.set(child, { place, bytes });
      const task = { ...common, job, ...(place.threads !== undefined && { threads: place.threads }) };
      const execution = execute(child, task, onEvent);
      void execution.outcome.then(() => children.delete(child));
      return execution;
    },
    async close() {
      process.off('exit', killAll);
      killAll();
      await Promise.all([...children.keys()].map(ended));
    },
  };
}

function bytesOf(job: Job): number {
  const runs = 'ensemble' in job ? job.ensemble.runs : [job.planned];
  return Math.max(...runs.map(processBytes));
}

function startChild(script: string, { device }: Place): ChildProcess {
  // A GPU's memory is shared only where TensorFlow takes what it needs instead of all.
  const gpu = device === undefined ? {} : { CUDA_VISIBLE_DEVICES: device, TF_FORCE_GPU_ALLOW_GROWTH: 'true' };
  return fork(script, {
    env: { ...process.env, ...gpu },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

function execute(child: ChildProcess, task: JobTask, onEvent: (event: JobEvent) => void): Execution {
  let outcome: JobOutcome | undefined;
  let complaint = '';
  let ending: NodeJS.Timeout | undefined;
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-KEPT_COMPLAINT);
  });
  child.on('message', (message: FromJob) => {
    if (message.type === 'event') onEvent(message.event);
    else {
      outcome = message.outcome;
      ending = setTimeout(() => child.kill('SIGKILL'), ENDING_MS);
    }
  });
  const send = (message: ToJob): void => {
    if (child.connected) child.send(message, () => {});
  };
  send({ type: 'task', task });
  return {
    outcome: ended(child).then(how => {
      clearTimeout(ending);
      return outcome ?? { type: 'crashed', reason: crashReason(how, complaint) };
    }),
    stop: () => send({ type: 'stop' }),
  };
}

interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error?: Error;
}

function ended(child: ChildProcess): Promise<Ending> {
  const { exitCode, signalCode } = child;
  if (exitCode !== null || signalCode !== null)
    return Promise.resolve({ code: exitCode, signal: signalCode });
  return new Promise(resolve => {
    child.once('error', error => resolve({ code: null, signal: null, error }));
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

function crashReason({ code, signal, error }: Ending, complaint: string): string {
  if (error) return `its process could not be started: ${error.message}`;
  const how = signal ? `was killed by ${signal}` : `exited with code ${code}`;
  const last = complaint.trim().split('\n').at(-1);
  return `its process ${how}${last ? `: ${last}` : ''}`;
}
