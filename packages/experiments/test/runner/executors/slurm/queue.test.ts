import { describe, expect, it } from 'vitest';
import { isOver, parseQueue } from '../../../../src/runner/executors/slurm/queue.js';

/** As Slurm 22.05 prints it: an array of four of which the last two were cancelled while they waited. */
const printed = `strata-vgg-1234|1|N/A|CANCELLED
strata-vgg-12351|4|0|RUNNING
strata-vgg-12351|4|1|PENDING
strata-vgg-1234|1|0|FAILED
strata-vgg-1234|1|1|COMPLETING
`;

describe('the queue', () => {
  it('is read task by task', () => {
    const tasks = parseQueue(printed);
    expect(tasks).toHaveLength(5);
    expect(tasks[0]).toEqual({ batch: 'strata-vgg-1234', job: '1', index: null, state: 'CANCELLED' });
    expect(tasks[1]).toEqual({ batch: 'strata-vgg-12351', job: '4', index: 0, state: 'RUNNING' });
    expect(tasks.map(isOver)).toEqual([true, false, false, true, false]);
  });

  it('holds nothing where nothing is printed, or something else', () => {
    expect(parseQueue('')).toEqual([]);
    expect(parseQueue('slurm_load_jobs error: Unable to contact slurm controller\na|b|c|d\n')).toEqual([]);
  });
});
