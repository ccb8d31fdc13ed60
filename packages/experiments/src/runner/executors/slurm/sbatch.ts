import { UsageError } from '@strata/core/errors';

/** What is asked of Slurm for each run. */
export interface SlurmOptions {
  readonly partition?: string;
  readonly account?: string;
  /** Generic resources, such as `gpu:1`. */
  readonly gres?: string;
  /** As `sbatch --time` takes it: minutes, or days-hours:minutes. */
  readonly timeLimit?: string;
  readonly cpus?: number;
  /** Of an array, so many at a time. */
  readonly atATime?: number;
  /** More options of sbatch, without their dashes: `mem=8G`, `exclusive`. */
  readonly extra?: readonly string[];
}

/** How long before its time limit a job is told to keep what it has. Slurm may be up to a minute early. */
const WARNING_SECONDS = 60;
/** Tells of the time limit alone: SIGTERM means that somebody wants the job ended. Node keeps SIGUSR1 for its debugger. */
export const TIME_IS_SHORT = 'SIGUSR2';

/** What the submission itself depends on. */
const OURS = [
  'array',
  'begin',
  'chdir',
  'dependency',
  'error',
  'export',
  'input',
  'job-name',
  'no-requeue',
  'open-mode',
  'ntasks',
  'output',
  'parsable',
  'requeue',
  'signal',
  'test-only',
  'wait',
  'wrap',
];

/**
 * The arguments of sbatch for an array of so many tasks. They go to the program as they are, past every shell.
 * @throws UsageError where an extra option is none, or one that is not the user's to set.
 */
export function sbatchArguments(name: string, count: number, options: SlurmOptions): readonly string[] {
  const { partition, account, gres, timeLimit, cpus, atATime, extra = [] } = options;
  const given = { partition, account, gres, time: timeLimit, 'cpus-per-task': cpus };
  return [
    '--parsable',
    `--job-name=${name}`,
    `--array=0-${count - 1}${atATime === undefined ? '' : `%${atATime}`}`,
    '--nodes=1',
    '--ntasks=1',
    '--requeue',
    `--signal=B:${TIME_IS_SHORT.slice(3)}@${WARNING_SECONDS}`,
    // The script sends the output where it belongs: a file name in an option would be read as a pattern.
    '--output=/dev/null',
    ...Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [`--${key}=${value}`])),
    ...extra.map(checkExtra),
  ];
}

function checkExtra(option: string): string {
  const [key = ''] = option.split('=', 1);
  if (!/^[a-z][a-z-]+$/.test(key)) {
    throw new UsageError(`--slurm=${option}: expected an option of sbatch without its dashes (mem=8G).`);
  }
  if (OURS.includes(key)) {
    throw new UsageError(`--slurm=${option}: ${key} is set by strata; leave it out.`);
  }
  return `--${option}`;
}

export interface ScriptParts {
  /** The program and its arguments; the task's number follows them. */
  readonly command: readonly string[];
  /** What the outputs of tasks begin and end with, around the number. */
  readonly output: readonly [start: string, end: string];
}

/** Becomes the process that trains, so that Slurm's signals reach it. */
export function batchScript({ command, output: [start, end] }: ScriptParts): string {
  const task = '"$SLURM_ARRAY_TASK_ID"';
  const file = `${shellQuote(start)}${task}${shellQuote(end)}`;
  return `#!/bin/sh\nexec ${command.map(shellQuote).join(' ')} ${task} </dev/null >>${file} 2>&1\n`;
}

/** Any text as one word of a POSIX shell. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The number of the job in what `sbatch --parsable` prints: `12`, or `12;cluster`. */
export function submittedJob(printed: string): string | undefined {
  return /^(\d+)(;.*)?$/m.exec(printed.trim())?.[1];
}
