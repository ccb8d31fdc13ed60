import type { StepEvent } from '@strata/core/training';
import type { PlannedRun } from '@strata/experiments/plan';
import type { RunnerEvent } from '@strata/experiments/runner';
import type { RunResult } from '@strata/experiments/store';
import { describe, expect, it } from 'vitest';
import { afterEvent, type RunRow, waitingRow } from '../../src/live/run-row.js';

const planned = { id: 'x', variant: 'A', seed: 3, steps: 100 } as unknown as PlannedRun;
const result = {
  state: 'done',
  steps: 100,
  seconds: 41,
  trainLoss: 1.5,
  imagesPerSecond: 900,
} as unknown as RunResult;

type Told = RunnerEvent extends infer E ? (E extends unknown ? Omit<E, 'planned'> : never) : never;

function after(events: readonly Told[], from: RunRow = waitingRow(planned, 50)): RunRow {
  return events.reduce<RunRow>(
    (row, event, i) => afterEvent(row, { ...event, planned } as RunnerEvent, i),
    from,
  );
}

function step(changes: Partial<StepEvent>): Told {
  const event = {
    type: 'step',
    step: 1,
    epoch: 1,
    learningRate: 0.1,
    loss: 2,
    top1Error: 90,
    imagesPerSecond: 100,
  };
  return { type: 'training', event: { ...event, ...changes } as StepEvent };
}

const start = (resumedFromStep: number): Told => ({
  type: 'training',
  event: { type: 'start', steps: 100, epochs: 2, resumedFromStep, time: '' },
});

describe('how a run stands', () => {
  it('is waiting at first', () => {
    expect(waitingRow(planned, 50)).toMatchObject({ name: 'A, seed 3', state: 'waiting', step: 0, cost: 50 });
  });

  it('goes on from a checkpoint, smoothing what batches say', () => {
    const row = after([{ type: 'began' }, start(40), step({ step: 41 }), step({ step: 42, loss: 1 })]);
    expect(row).toMatchObject({ state: 'running', step: 42, from: { step: 40, time: 1 } });
    expect(row.loss).toBeCloseTo(1.8);
    expect(row.trainError).toBeCloseTo(90);
  });

  it('shows an overflowing loss at once', () => {
    expect(after([start(0), step({}), step({ loss: Number.NaN })]).loss).toBeNaN();
  });

  it('keeps the last look at the test images', () => {
    const epoch = {
      type: 'epoch',
      epoch: 1,
      step: 50,
      learningRate: 0.1,
      trainLoss: 2,
      trainTop1Error: 80,
      seconds: 1,
    } as const;
    const test = { top1Error: 70, top5Error: 20, loss: 2, count: 10 };
    const looked: Told = { type: 'training', event: { ...epoch, test } };
    expect(after([start(0), looked, { type: 'training', event: { ...epoch, step: 60 } }])).toMatchObject({
      testError: 70,
      step: 60,
    });
  });

  it.each<[RunRow['state'], string, readonly Told[]]>([
    ['testing', '', [{ type: 'began' }, { type: 'testing' }]],
    ['elsewhere', 'by process 1', [{ type: 'waiting', by: 'by process 1' }]],
    ['running', '', [{ type: 'waiting', by: 'by process 1' }, { type: 'began' }]],
    ['waiting', 'was killed', [{ type: 'began' }, { type: 'retrying', reason: 'was killed' }]],
    ['failed', 'no memory', [{ type: 'began' }, { type: 'failed', reason: 'no memory' }]],
    ['diverged', '', [{ type: 'ended', result: { ...result, state: 'diverged' } }]],
    ['done', '', [{ type: 'reused', result }]],
  ])('%s', (state, note, events) => {
    expect(after(events)).toMatchObject({ state, note });
  });

  it('ends with what its result says', () => {
    expect(after([start(0), step({}), { type: 'testing' }, { type: 'ended', result }])).toMatchObject({
      state: 'done',
      step: 100,
      loss: 1.5,
      trainError: 90,
      imagesPerSecond: 900,
      seconds: 41,
      changed: 3,
    });
  });
});
