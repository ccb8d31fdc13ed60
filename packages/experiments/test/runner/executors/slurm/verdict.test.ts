import { describe, expect, it } from 'vitest';
import { type TaskView, verdictOf } from '../../../../src/runner/executors/slurm/verdict.js';
import type { JobOutcome } from '../../../../src/runner/perform-job.js';

const running: TaskView = {
  job: '12_3',
  attempts: 1,
  told: undefined,
  queued: { batch: 'b', job: '12', index: 3, state: 'RUNNING' },
  isStopping: false,
  complaint: '',
};
const queuedAs = (state: string): TaskView['queued'] => ({ batch: 'b', job: '12', index: 3, state });
const stopped: JobOutcome = { type: 'stopped' };
const ended = { type: 'ended', trained: true, result: {} } as unknown as JobOutcome;

const cases: readonly (readonly [string, Partial<TaskView>, unknown])[] = [
  ['runs', {}, undefined],
  ['waits', { attempts: 0, queued: queuedAs('PENDING') }, undefined],
  ['is not in the queue yet', { attempts: 0, queued: undefined }, undefined],
  ['is in a state that is not known here', { queued: queuedAs('RESIZING') }, undefined],
  ['has told its outcome', { told: ended }, ended],
  ['has told its outcome, and is taken for dead', { told: ended, queued: queuedAs('NODE_FAIL') }, ended],
  ['was stopped by this runner', { told: stopped, isStopping: true }, stopped],
  ['was stopped by its cluster, and goes to another node', { told: stopped }, undefined],
  [
    'was stopped by its cluster, and waits for another node',
    { told: stopped, queued: queuedAs('PENDING') },
    undefined,
  ],
  ['was stopped by its cluster for good', { told: stopped, queued: queuedAs('PREEMPTED') }, stopped],
  [
    'was cancelled by its user, and has kept what it had',
    { told: stopped, queued: queuedAs('CANCELLED') },
    { type: 'cancelled', reason: 'Slurm job 12_3 was cancelled' },
  ],
  [
    'was cancelled while it waited',
    { attempts: 0, queued: null },
    { type: 'cancelled', reason: 'Slurm job 12_3 was cancelled' },
  ],
  ['was taken back by this runner', { attempts: 0, queued: null, isStopping: true }, stopped],
  [
    'was killed for its memory',
    { queued: queuedAs('OUT_OF_MEMORY'), complaint: 'Killed' },
    { type: 'crashed', reason: 'its Slurm job 12_3 ended as OUT_OF_MEMORY: Killed' },
  ],
  [
    'has vanished',
    { queued: null },
    { type: 'crashed', reason: 'its Slurm job 12_3 is gone from the queue' },
  ],
];

describe('a task that', () => {
  it.each(cases)('%s', (_, changes, outcome) => {
    expect(verdictOf({ ...running, ...changes })).toEqual(outcome);
  });
});
