import { spawnSync } from 'node:child_process';
import { appendFile, chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  appendEvents,
  beginRun,
  failRun,
  finishRun,
  openStore,
  type Run,
  type RunResult,
  readEvents,
  readWeights,
  releaseRun,
  runFiles,
  runStatus,
  writeAtomically,
} from '@strata/experiments/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const run = { seed: 1 } as unknown as Run;
const result = { state: 'done', steps: 2, seconds: 1, weightsSha256: 'x' } as unknown as RunResult;
const weights = new Map([['w', { shape: [2], data: Float32Array.of(1, 2) }]]);
const event = { type: 'end', state: 'done', step: 2, time: 'now' } as const;

let store: string;
beforeEach(async () => {
  store = await mkdtemp(join(tmpdir(), 'strata-store-'));
});
afterEach(() => rm(store, { recursive: true, force: true }));

describe('store', () => {
  it('keeps a run from its beginning to its result', async () => {
    await openStore(store);
    expect((await runStatus(store, 'id')).state).toBe('planned');
    await beginRun(store, 'id', run);
    expect((await runStatus(store, 'id')).state).toBe('running');
    await appendEvents(store, 'id', [event]);
    await finishRun(store, 'id', weights, result);
    expect(await runStatus(store, 'id')).toEqual({ state: 'done', reason: null, result });
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
    await beginRun(store, 'id', run);
    await failRun(store, 'id', 'no memory');
    expect(await runStatus(store, 'id')).toMatchObject({ state: 'failed', reason: 'no memory' });
    await beginRun(store, 'id', run);
    expect((await runStatus(store, 'id')).state).toBe('running');
    await releaseRun(store, 'id');
    expect((await runStatus(store, 'id')).state).toBe('planned');
  });

  it('takes a run whose process is gone for planned', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await beginRun(store, 'id', run);
    const status = { state: 'running', host: hostname(), pid, heartbeat: new Date().toISOString() };
    await writeFile(runFiles(store, 'id').status, JSON.stringify(status));
    expect((await runStatus(store, 'id')).state).toBe('planned');
    const elsewhere = { ...status, host: 'another-host' };
    await writeFile(runFiles(store, 'id').status, JSON.stringify(elsewhere));
    expect((await runStatus(store, 'id')).state).toBe('running');
    await writeFile(
      runFiles(store, 'id').status,
      JSON.stringify({ ...elsewhere, heartbeat: '2020-01-01T00:00:00Z' }),
    );
    expect((await runStatus(store, 'id')).state).toBe('planned');
  });

  it('leaves out a torn last event', async () => {
    await beginRun(store, 'id', run);
    await appendEvents(store, 'id', [event]);
    await appendFile(runFiles(store, 'id').events, '{"type":"st');
    expect(await readEvents(store, 'id')).toEqual([event]);
  });

  it('takes a torn result for none', async () => {
    await finishRun(store, 'id', weights, result);
    for (const damaged of ['{"state":', '{}', 'null']) {
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
