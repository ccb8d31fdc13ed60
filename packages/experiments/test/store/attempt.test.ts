import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atBeginning, type Checkpoint, type TrainingEvent } from '@strata/core/training';
import {
  type Attempt,
  type AttemptOptions,
  beginAttempt,
  holderOf,
  LeaseLost,
  type Run,
  type RunResult,
  readEvents,
  readWeights,
  runFiles,
  runStatus,
} from '@strata/experiments/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const run = { seed: 1 } as unknown as Run;
const result = { state: 'done', steps: 2, seconds: 1, weightsSha256: 'x' } as unknown as RunResult;

let store: string;
const open: Attempt[] = [];
beforeEach(async () => {
  store = await mkdtemp(join(tmpdir(), 'strata-attempt-'));
});
afterEach(async () => {
  for (const attempt of open.splice(0)) await attempt.end();
  await rm(store, { recursive: true, force: true });
});

async function begin(options: AttemptOptions = {}): Promise<Attempt> {
  const attempt = await beginAttempt(store, 'id', run, options);
  if (!attempt) throw new Error('the run is held');
  open.push(attempt);
  return attempt;
}

function step(number: number): TrainingEvent {
  return {
    type: 'step',
    step: number,
    epoch: 1,
    learningRate: 0.1,
    loss: 1 / number,
    top1Error: 50,
    imagesPerSecond: 1,
  };
}

function checkpointAt(steps: number): Checkpoint {
  return {
    run: 'id',
    progress: { ...atBeginning, step: steps },
    events: Array.from({ length: steps }, (_, i) => step(i + 1)),
    state: new Map([['w', { shape: [2], data: Float32Array.of(steps, 2) }]]),
  };
}

const log = () => readFile(runFiles(store, 'id').log, 'utf8').catch(() => '');

describe('checkpoints', () => {
  beforeEach(async () => {
    const attempt = await begin();
    for (const steps of [3, 5]) await attempt.save(checkpointAt(steps));
  });

  it('gives the newest', async () => {
    expect(await open[0]?.newestCheckpoint()).toEqual(checkpointAt(5));
    expect(await log()).toBe('');
  });

  const damages: [string, (file: string) => Promise<void>][] = [
    ['truncated', file => truncate(file, 100)],
    ['empty', file => truncate(file, 0)],
    ['missing', file => rm(file)],
    [
      'bit-flipped',
      async file => {
        const bytes = await readFile(file);
        bytes[bytes.length - 3] = (bytes[bytes.length - 3] as number) ^ 4;
        await rm(file);
        await writeFile(file, bytes);
      },
    ],
  ];

  it.each(damages)('goes back to the one before where the newest is %s', async (name, damage) => {
    const { checkpoint, previousCheckpoint } = runFiles(store, 'id');
    await damage(checkpoint);
    const [attempt] = open;
    expect(await attempt?.newestCheckpoint()).toEqual(checkpointAt(3));
    if (name !== 'missing') {
      expect(await log()).toMatch(/warning: .*checkpoint\.safetensors .* Going on from step 3/);
    }
    // The good one must outlive the next write, should that one be damaged again.
    await attempt?.save(checkpointAt(4));
    await damage(checkpoint);
    expect(await attempt?.newestCheckpoint()).toEqual(checkpointAt(3));
    await damage(checkpoint);
    await rm(previousCheckpoint);
    expect(await attempt?.newestCheckpoint()).toBeUndefined();
  });

  it.each(['written', 'synced', 'renamed'])(
    'has a good one when it dies once the next is %s',
    async stage => {
      await open[0]?.end();
      const dying = await begin({
        onStage: reached => {
          if (reached === stage) throw new Error('died');
        },
      });
      await expect(dying.save(checkpointAt(9))).rejects.toThrow('died');
      expect((await dying.newestCheckpoint())?.progress.step).toBe(stage === 'renamed' ? 9 : 5);
    },
  );

  it('starts afresh when told', async () => {
    await open[0]?.startAfresh();
    expect(await open[0]?.newestCheckpoint()).toBeUndefined();
  });
});

describe('events', () => {
  it('are cut back to the checkpoint, and go on from there', async () => {
    const attempt = await begin();
    await attempt.beginEvents([step(1)]);
    await attempt.append([step(2), step(3)]);
    await attempt.beginEvents([step(1), step(2)]);
    await attempt.append([step(3), step(4)]);
    expect(await readEvents(store, 'id')).toEqual([step(1), step(2), step(3), step(4)]);
    expect(await log()).toBe('');
  });

  it.each([
    ['truncated', (text: string) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['changed', (text: string) => text.replace('"step":2', '"step":3')],
  ])('that were %s are written again from the checkpoint', async (_, damage) => {
    const attempt = await begin();
    const { events } = runFiles(store, 'id');
    await attempt.beginEvents([step(1), step(2)]);
    await writeFile(events, damage(await readFile(events, 'utf8')));
    await attempt.beginEvents([step(1), step(2)]);
    expect(await readEvents(store, 'id')).toEqual([step(1), step(2)]);
    expect(await log()).toMatch(/warning: events.jsonl was damaged/);
  });
});

describe('ownership', () => {
  it('is one process’s at a time', async () => {
    const first = await begin();
    expect(await beginAttempt(store, 'id', run)).toBeUndefined();
    await first.end();
    const candidates = await Promise.all(Array.from({ length: 8 }, () => beginAttempt(store, 'id', run)));
    const winners = candidates.filter(candidate => candidate !== undefined);
    open.push(...winners);
    expect(winners).toHaveLength(1);
  });

  it('goes to exactly one of several who take over, whoever it is', async () => {
    await begin();
    const dead = (await holderOf(store, 'id'))?.token ?? '';
    const candidates = await Promise.all(
      Array.from({ length: 8 }, () => beginAttempt(store, 'id', run, { dead })),
    );
    const winners = candidates.filter(candidate => candidate !== undefined);
    open.push(...winners);
    expect(winners).toHaveLength(1);
    expect((await readdir(runFiles(store, 'id').lease)).length).toBe(1);
  });

  it('once lost is lost for every write, and what the winner wrote stays', async () => {
    const loser = await begin();
    await loser.beginEvents([step(1)]);
    await loser.save(checkpointAt(1));
    const dead = (await holderOf(store, 'id'))?.token ?? '';
    const winner = await begin({ dead });
    await winner.beginEvents([step(1), step(2)]);

    await expect(loser.append([step(7)])).rejects.toThrow(LeaseLost);
    await expect(loser.save(checkpointAt(7))).rejects.toThrow(LeaseLost);
    await expect(loser.beginEvents([])).rejects.toThrow(LeaseLost);
    await expect(loser.startAfresh()).rejects.toThrow(LeaseLost);
    await expect(loser.fail('too late')).rejects.toThrow(LeaseLost);
    await winner.finish(checkpointAt(2), result);
    await expect(loser.finish(checkpointAt(7), { ...result, steps: 7 })).rejects.toThrow(LeaseLost);
    await loser.end();
    await winner.end();

    expect(await readEvents(store, 'id')).toEqual([step(1), step(2)]);
    expect((await runStatus(store, 'id')).result).toEqual(result);
    expect((await readWeights(store, 'id')).get('w')?.data).toEqual(Float32Array.of(2, 2));
  });

  it('is not lost by a late release', async () => {
    const loser = await begin();
    const winner = await begin({ dead: (await holderOf(store, 'id'))?.token ?? '' });
    await loser.end();
    expect((await runStatus(store, 'id')).state).toBe('running');
    await winner.end();
    expect((await runStatus(store, 'id')).state).toBe('planned');
  });

  it('tells its loser', async () => {
    const loser = await begin({ beatMs: 10 });
    await begin({ dead: (await holderOf(store, 'id'))?.token ?? '' });
    await expect.poll(() => loser.lost.aborted, { timeout: 5000 }).toBe(true);
  });
});
