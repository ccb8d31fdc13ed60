import type { TrainingEvent } from '@strata/core/training';
import type { RunResult, RunStatus } from '@strata/experiments/store';
import { describe, expect, it } from 'vitest';
import { changeLines } from '../../src/live/change-lines.js';
import { rowOfFiles } from '../../src/live/store-rows.js';
import { row } from './rows.js';

const events: readonly TrainingEvent[] = [
  { type: 'start', steps: 20, epochs: 2, resumedFromStep: 4, time: '2026-01-01T00:00:10Z' },
  { type: 'step', step: 2, epoch: 1, learningRate: 0.1, loss: 3, top1Error: 90, imagesPerSecond: 100 },
  { type: 'step', step: 8, epoch: 1, learningRate: 0.1, loss: 2, top1Error: 80, imagesPerSecond: 200 },
];
const end: TrainingEvent = { type: 'end', state: 'done', step: 20, time: '' };
const none = { reason: null, result: null, holder: null } as const;
const owner = { since: '2026-01-01T00:00:05Z' };
const running = {
  ...none,
  state: 'running',
  reason: 'by process 1',
  holder: { owner },
} as unknown as RunStatus;
const finished = '2026-01-01T00:01:00Z';
const result = { state: 'done', steps: 20, seconds: 9, trainLoss: 1, imagesPerSecond: 150, finished };
const at = (status: RunStatus, seen: readonly TrainingEvent[]) => ({ status, events: seen, time: 5 });

describe('the row of a run by its files', () => {
  it('is waiting where nobody has begun, or who had begun is gone', () => {
    expect(rowOfFiles(row(), at({ ...none, state: 'planned' }, []))).toMatchObject({
      state: 'waiting',
      step: 0,
    });
    expect(rowOfFiles(row(), at({ ...none, state: 'planned' }, events))).toMatchObject({
      state: 'waiting',
      step: 8,
    });
  });

  it('goes by the last attempt', () => {
    const seen = rowOfFiles(row(), at(running, events));
    expect(seen).toMatchObject({
      state: 'running',
      step: 8,
      steps: 20,
      from: { step: 4, time: Date.parse('2026-01-01T00:00:10Z') },
      changed: Date.parse(owner.since),
    });
    expect(rowOfFiles(row(), at(running, [...events, end])).state).toBe('testing');
  });

  it('ends as its result or its failure says', () => {
    const done = { ...none, state: 'done', result: result as unknown as RunResult } as const;
    expect(rowOfFiles(row(), at(done, events))).toMatchObject({
      state: 'done',
      step: 20,
      seconds: 9,
      loss: 1,
      changed: Date.parse(finished),
    });
    const failed = { ...none, state: 'failed', reason: 'no memory' } as const;
    expect(rowOfFiles(row(), at(failed, events))).toMatchObject({ state: 'failed', note: 'no memory' });
  });
});

describe('changes as lines', () => {
  const seen = rowOfFiles(row({ name: 'A, seed 0' }), at(running, events));

  it('are of what is not waiting, the first time', () => {
    expect(changeLines([], [row(), seen])).toEqual([
      'A, seed 0: step 8/20, loss 2.800, training error 88.0 %, 120 img/s',
    ]);
  });

  it('are few while a run goes on', () => {
    expect(changeLines([seen], [{ ...seen, step: 9, loss: 1 }])).toEqual([]);
    expect(changeLines([seen], [{ ...seen, step: 10 }])).toHaveLength(1);
  });

  it('tell how a run ended', () => {
    expect(changeLines([seen], [{ ...seen, state: 'failed', note: 'no\nmemory' }])).toEqual([
      'A, seed 0: failed: no memory',
    ]);
    expect(changeLines([seen], [{ ...seen, state: 'done', seconds: 100, loss: null }])).toEqual([
      'A, seed 0: done in 2 min, training loss nan',
    ]);
  });
});
