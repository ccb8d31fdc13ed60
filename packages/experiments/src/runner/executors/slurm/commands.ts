import { spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { systemCode, UsageError } from '@strata/core/errors';
import { parseQueue, QUEUE_FORMAT, type QueuedTask } from './queue.js';
import { submittedJob } from './sbatch.js';

/** Slurm, as far as an executor needs it. */
export interface Slurm {
  /** @throws UsageError where its commands are not here. */
  check(): Promise<void>;
  /**
   * Submits a script from standard input, and gives the job's number.
   * @throws UsageError with what sbatch has said.
   */
  submit(name: string, args: readonly string[], script: string): Promise<string>;
  /** The tasks of jobs with these names, ended ones too as long as Slurm remembers them; undefined where it does not answer. */
  queue(names: readonly string[]): Promise<readonly QueuedTask[] | undefined>;
  /** Takes back what still waits, and asks what runs to keep what it has done and to end, in its own time. */
  stop(jobs: readonly string[]): Promise<void>;
  /** Ends jobs in the time that Slurm leaves them. */
  cancel(jobs: readonly string[]): Promise<void>;
  /** Puts the job that this process runs in back into the queue; false where that is not allowed. */
  requeue(job: string): Promise<boolean>;
}

/** The commands that Slurm installs on login nodes and on those that compute. */
export const slurmCommands: Slurm = {
  async check() {
    await call('sbatch', ['--version']);
  },

  async submit(name, args, script) {
    for (let wait = FIRST_WAIT_MS; ; wait *= 2) {
      const { code, stdout, stderr } = await call('sbatch', args, script);
      const job = code === 0 ? submittedJob(stdout) : await alreadySubmitted(name);
      if (job !== undefined) return job;
      if (wait > LAST_WAIT_MS || !PASSING.test(stderr)) {
        throw new UsageError(`Slurm has refused the jobs (sbatch: ${oneLine(stderr || stdout)}).`);
      }
      await setTimeout(wait);
    }
  },

  async queue(names) {
    const which = [`--user=${process.getuid?.()}`, `--name=${names.join()}`, '--states=all'];
    const how = ['--array', '--noheader', `--format=${QUEUE_FORMAT}`];
    const { code, stdout } = await call('squeue', [...which, ...how]);
    return code === 0 ? parseQueue(stdout) : undefined;
  },

  async stop(jobs) {
    await call('scancel', ['--state=PENDING', ...jobs]);
    // Without a state it would wait for those that do not run yet. What has left the queue is an error of no interest.
    await call('scancel', ['--state=RUNNING', '--batch', '--signal=TERM', ...jobs]);
  },

  async cancel(jobs) {
    await call('scancel', jobs);
  },

  async requeue(job) {
    const { code } = await call('scontrol', ['requeue', job]);
    return code === 0;
  },
};

/** What is worth another try, since it says nothing about the job. */
const PASSING = /timed out|unable to contact|temporarily|connection (refused|reset)|try again/i;
const FIRST_WAIT_MS = 1000;
const LAST_WAIT_MS = 30_000;
/** A command that hangs says nothing more. */
const TIMEOUT_MS = 60_000;

/** An answer that was lost on its way does not mean that the jobs were not taken. */
async function alreadySubmitted(name: string): Promise<string | undefined> {
  return (await slurmCommands.queue([name]))?.[0]?.job;
}

interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function call(program: string, args: readonly string[], input = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], timeout: TIMEOUT_MS });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.on('error', error => reject(systemCode(error) === 'ENOENT' ? missing(program) : error));
    child.on('close', (code, signal) =>
      resolve({ code, stdout, stderr: signal ? `${stderr} ${program} timed out` : stderr }),
    );
    // A program that ends without reading closes the pipe.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

function missing(program: string): UsageError {
  return new UsageError(
    `--executor=slurm: there is no ${program} here; use it where Slurm's commands are (a login node), or take --executor=local.`,
  );
}

function oneLine(text: string): string {
  const lines = text.trim().split(/\s*\n\s*/);
  return lines.map(line => line.replace(/^sbatch: (error: )?/, '')).join('; ');
}
