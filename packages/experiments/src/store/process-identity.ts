import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { systemCode } from '@strata/core/errors';

/** Which process, so that another can tell whether it still lives. */
export interface ProcessIdentity {
  readonly host: string;
  /** Processes with the same value see each other's numbers; hosts of one name and containers need not. */
  readonly space: string;
  readonly pid: number;
  /** When it started, in the kernel's ticks; null where that is not to be had. Tells a reused number from the old one. */
  readonly started: string | null;
  /** The cluster's job that it belongs to, as Slurm's commands take it. */
  readonly job?: string;
}

export function thisProcess(): ProcessIdentity {
  const job = slurmJob();
  return {
    host: hostname(),
    space: processSpace(),
    pid: process.pid,
    started: statOf(process.pid)?.started ?? null,
    ...(job !== undefined && { job }),
  };
}

/** The Slurm job that this process runs in; `12_3` is task 3 of array 12. */
export function slurmJob(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const { SLURM_JOB_ID: job, SLURM_ARRAY_JOB_ID: array, SLURM_ARRAY_TASK_ID: task } = env;
  return array !== undefined && task !== undefined ? `${array}_${task}` : job;
}

/** Whether that process certainly lives no more. False where it cannot be seen from here. */
export function isGone({ space, pid, started }: ProcessIdentity): boolean {
  if (space !== processSpace()) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return systemCode(error) !== 'EPERM';
  }
  const now = statOf(pid);
  if (!now || started === null) return false;
  return now.isZombie || now.started !== started;
}

/** One start of one kernel, and one container in it. */
function processSpace(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** From /proc/<pid>/stat (proc(5)): fields 3 and 22, counted behind the name, which may hold anything. */
function statOf(pid: number): { readonly isZombie: boolean; readonly started: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [state = '', started = ''] = [fields[0], fields[19]];
    return { isZombie: ['Z', 'X'].includes(state), started };
  } catch {
    return undefined;
  }
}
