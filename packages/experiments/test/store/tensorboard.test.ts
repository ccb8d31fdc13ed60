import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StepEvent, TrainingEvent } from '@strata/core/training';
import { afterAll, describe, expect, it } from 'vitest';
import { addTensorboardFile, beginAttempt, type Run, runFiles } from '../../src/store/index.js';
import { headerRecords, scalarsRecord } from '../../src/store/tensorboard/event-record.js';
import { encodeTraining, scalarsOf } from '../../src/store/tensorboard/training-scalars.js';

const fixture = new URL('../fixtures/tensorboard.tfevents', import.meta.url);
const store = await mkdtemp(join(tmpdir(), 'strata-tensorboard-'));
afterAll(() => rm(store, { recursive: true, force: true }));

/** By the published offsets alone: each record's bytes, without looking into them. */
function recordsIn(file: Buffer): readonly Buffer[] {
  const records: Buffer[] = [];
  for (let at = 0; at < file.length; ) {
    const end = at + 12 + Number(file.readBigUInt64LE(at)) + 4;
    records.push(file.subarray(at, end));
    at = end;
  }
  return records;
}

const step = (at: number): StepEvent => ({
  type: 'step',
  step: at,
  epoch: 1,
  learningRate: 0.1,
  loss: 1 / at,
  top1Error: 50,
  imagesPerSecond: 64,
});
const start = (resumedFromStep: number): TrainingEvent => ({
  type: 'start',
  steps: 10,
  epochs: 1,
  resumedFromStep,
  time: '1970-01-01T00:01:40Z',
});
const epoch: TrainingEvent = {
  type: 'epoch',
  epoch: 1,
  step: 10,
  learningRate: 0.1,
  trainLoss: 1,
  trainTop1Error: 40,
  test: { top1Error: 60, top5Error: 10, loss: null, count: 20 },
  seconds: 7,
};

describe('event files', () => {
  it('are those of TensorBoard’s own writer, to the byte', async () => {
    const ours = Buffer.concat([
      headerRecords(0.5),
      scalarsRecord({ time: 1.5, step: 1 }, [
        { tag: 'batch/loss', value: 2.25 },
        { tag: 'batch/top1_error', value: 90 },
      ]),
      scalarsRecord({ time: 2.75, step: 300 }, [{ tag: 'train/loss', value: 1.125 }]),
      scalarsRecord({ time: 1e9 + 0.125, step: 5e9 }, [
        { tag: 'test/loss', value: Number.NaN },
        { tag: 'test/top1_error', value: 12.5 },
      ]),
    ]);
    expect(ours.equals(await readFile(fixture))).toBe(true);
  });

  it('name what a step and an epoch say', () => {
    expect(scalarsOf(step(4))).toContainEqual({ tag: 'batch/loss', value: 0.25 });
    expect(scalarsOf(epoch)).toEqual([
      { tag: 'train/loss', value: 1 },
      { tag: 'train/top1_error', value: 40 },
      { tag: 'test/loss', value: Number.NaN },
      { tag: 'test/top1_error', value: 60 },
      { tag: 'test/top5_error', value: 10 },
    ]);
    expect(scalarsOf(start(0))).toEqual([]);
  });

  it('go on in time where a training goes on', () => {
    const timeOf = (record: Uint8Array): number => Buffer.from(record).readDoubleLE(13);
    // Two steps of 64 images took a second each: they end where this attempt starts, 100 s after 1970.
    const { records, encode } = encodeTraining([start(2), step(1), step(2)], 64);
    const scalars = records.slice(2).map(timeOf);
    expect([...scalars, timeOf(encode(step(4))), timeOf(encode(epoch))]).toEqual([99, 100, 102, 105]);
  });
});

describe('the event file of a run', () => {
  const run = { recipe: { batchSize: 64 } } as unknown as Run;
  const namesIn = async (id: string): Promise<readonly string[]> =>
    (await readdir(runFiles(store, id).folder)).filter(name => name.includes('tfevents'));
  const recordsOf = async (id: string): Promise<readonly Buffer[]> => {
    const [name = ''] = await namesIn(id);
    return recordsIn(await readFile(join(runFiles(store, id).folder, name)));
  };
  const attempt = async (
    id: string,
    kept: readonly TrainingEvent[],
    more: readonly TrainingEvent[],
    tensorboard = true,
  ) => {
    const work = await beginAttempt(store, id, run, { tensorboard });
    await work?.beginEvents(kept);
    await work?.append(more);
    await work?.end();
  };

  it('holds no step twice after a training was gone on with', async () => {
    await attempt('resumed', [start(0)], [step(1), step(2), step(3)]);
    expect(await recordsOf('resumed')).toHaveLength(5);
    const [before] = await namesIn('resumed');
    await attempt('resumed', [start(1), step(1)], [step(2)]);
    const [after, ...others] = await namesIn('resumed');
    expect(others).toEqual([]);
    expect((after ?? '') > (before ?? '')).toBe(true);
    expect(await recordsOf('resumed')).toHaveLength(4);
  });

  it('is kept right by an attempt that was not asked for one, and not begun by it', async () => {
    await attempt('resumed', [start(1), step(1)], [], false);
    expect(await recordsOf('resumed')).toHaveLength(3);
    await attempt('without', [start(0)], [step(1)], false);
    expect(await namesIn('without')).toEqual([]);
  });

  it('can be added afterwards, once', async () => {
    await attempt('later', [start(0)], [step(1), epoch], false);
    await addTensorboardFile(store, 'later', run);
    await addTensorboardFile(store, 'later', run);
    expect(await recordsOf('later')).toHaveLength(4);
  });
});
