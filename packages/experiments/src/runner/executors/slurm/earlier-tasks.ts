import { isGone } from '../../../store/index.js';
import { readBatches, removeBatch } from './batch.js';
import type { Slurm } from './commands.js';
import { isOver } from './queue.js';

/** Where a task is to be found: in which batch, and in Slurm's queue. */
export interface TaskPlace {
  readonly batch: string;
  readonly index: number;
  /** As Slurm's commands take it: `12_3`. */
  readonly slurmJob: string;
  /** Nobody else waits for it: it may be ended when this runner is. */
  readonly isOurs: boolean;
}

/**
 * What other runners have queued for this store and Slurm still holds, by the run's id. A runner may be long gone: its
 * jobs go on without it. What is left of those that are over is removed.
 */
export async function earlierTasks(store: string, slurm: Slurm): Promise<Map<string, TaskPlace>> {
  const tasks = new Map<string, TaskPlace>();
  const batches = await readBatches(store);
  const rows = batches.size > 0 ? await slurm.queue([...batches.keys()]) : [];
  if (!rows) return tasks;
  for (const [name, { owner, jobs }] of batches) {
    const alive = rows.filter(row => row.batch === name && row.index !== null && !isOver(row));
    const isOurs = isGone(owner);
    if (isOurs && alive.length === 0) await removeBatch(store, name);
    for (const { index, job: array } of alive) {
      const job = jobs[index ?? -1];
      if (!job || index === null || 'ensemble' in job) continue;
      tasks.set(job.planned.id, { batch: name, index, slurmJob: `${array}_${index}`, isOurs });
    }
  }
  return tasks;
}
