import { appendFile, chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atBeginning, type Checkpoint } from '@strata/core/training';
import {
  type Attempt,
  beginAttempt,
  openStore,
  type Run,
  type RunResult,
  readEvents,
  readWeights,
  recordFailure,
  runFiles,
  runStatus,
  writeAtomically,
} from '@strata/experiments/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const run = { seed: 1 } as unknown as Run;
const result = { state: 'done', steps: 2, seconds: 1, weightsSha256: 'x' } as unknown as RunResult;
const weights = new Map([['w', { shape: [2], data: Float32Array.of(1, 2) }]]);
const event = { type: 'end', state: 'done', step: 2, time: 'now' } as const;
const final: Checkpoint = {
  run: 'id',
  progress: { ...atBeginning, step: 2 },
  events: [event],
  state: weights,
};

async function begun(): Promise<Attempt> {
  const attempt = await beginAttempt(store, 'id', run);
  if (!attempt) throw new Error('the run is held');
  return attempt;
}

async function finishRun(): Promise<void> {
  const attempt = await begun();
  await attempt.beginEvents([event]);
  await attempt.finish(final, result);
  await attempt.end();
}

let store: string;
beforeEach(async () => {
  store = await mkdtemp(join(tmpdir(), 'strata-store-'));
});
afterEach(() => rm(store, { recursive: true, force: true }));

describe('store', () => {
  it('keeps a run from its beginning to its result', async () => {
    await openStore(store);
    expect((await runStatus(store, 'id')).state).toBe('planned');
    const attempt = await begun();
    expect((await runStatus(store, 'id')).state).toBe('running');
    await attempt.beginEvents([]);
    await attempt.append([event]);
    await attempt.finish(final, result);
    await attempt.end();
    expect(await runStatus(store, 'id')).toMatchObject({ state: 'done', reason: null, result });
    expect(await readEvents(store, 'id')).toEqual([event]);
    expect((await readWeights(store, 'id')).get('w')).toEqual(weights.get('w'));
    expect((await readdir(runFiles(store, 'id').folder)).sort()).toEqual([
      'checkpoint.safetensors',
      'events.jsonl',
      'result.json',
      'run.json',
    ]);
  });

  it('remembers why a run failed, and forgets it when the run begins again', async () => {
    await recordFailure(store, 'id', run, 'no memory');
    expect(await runStatus(store, 'id')).toMatchObject({ state: 'failed', reason: 'no memory' });
    const attempt = await begun();
    expect((await runStatus(store, 'id')).state).toBe('running');
    await attempt.end();
    expect((await runStatus(store, 'id')).state).toBe('planned');
  });

  it('leaves out a torn last event', async () => {
    const attempt = await begun();
    await attempt.beginEvents([event]);
    await attempt.end();
    await appendFile(runFiles(store, 'id').events, '{"type":"st');
    expect(await readEvents(store, 'id')).toEqual([event]);
  });

  it('takes a damaged result for none', async () => {
    await finishRun();
    const whole = await readFile(runFiles(store, 'id').result, 'utf8');
    const changed = whole.replace('"seconds": 1', '"seconds": 2');
    for (const damaged of ['{"state":', '{}', 'null', '', changed]) {
      await writeFile(runFiles(store, 'id').result, damaged);
      expect((await runStatus(store, 'id')).state).toBe('planned');
    }
  });

  it('refuses a store of another layout', async () => {
    await openStore(store);
    await writeFile(join(store, 'store.json'), '{"layout":99}');
    await expect(openStore(store)).rejects.toThrow(
      /has layout 99, and this version reads layout 1; use another --store/,
    );
  });

  it('says in one line that it cannot be written to', async () => {
    const file = join(store, 'file');
    await writeFile(file, '');
    await expect(openStore(join(file, 'inside'))).rejects.toThrow(
      /^The store .* cannot be written to \(.*\); free space/,
    );
  });
});

describe('atomic writing', () => {
  it('leaves the old file whole, and no other, when it fails', async () => {
    const file = join(store, 'file');
    await writeAtomically(file, 'old');
    const circular = { write: null } as unknown as Uint8Array;
    await expect(writeAtomically(file, circular)).rejects.toThrow();
    expect(await readFile(file, 'utf8')).toBe('old');
    expect(await readdir(store)).toEqual(['file']);
  });

  it.skipIf(process.getuid?.() === 0)('refuses a folder without permission (not asked of root)', async () => {
    await chmod(store, 0o500);
    await expect(openStore(store)).rejects.toThrow(/cannot be written to/);
    await chmod(store, 0o700);
  });
});
