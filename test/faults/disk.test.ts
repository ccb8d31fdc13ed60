import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, runFiles } from '@strata/experiments/store';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { listen, outcomesOf, planOf, startRunner, undisturbed } from './sweep.js';

/** A small file system of its own, where this user may mount one. */
const disk = mkdtempSync(join(tmpdir(), 'strata-disk-'));
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]).status === 0;
afterAll(() => {
  if (mounted) spawnSync('umount', [disk]);
  rmdirSync(disk);
});

const plan = planOf(2, 16);
const expected = mounted ? await undisturbed(plan) : [];
const first = { ...plan, runs: plan.runs.slice(0, 1) };
const filler = join(disk, 'filler');

describe.skipIf(!mounted)('a disk (needs the right to mount one)', () => {
  afterEach(() => spawnSync('mount', ['-o', 'remount,rw', disk]));

  const full = async (): Promise<void> => {
    await writeFile(filler, Buffer.alloc(2 ** 23)).catch(() => {});
  };
  const readOnly = async (): Promise<void> => {
    spawnSync('mount', ['-o', 'remount,ro', disk]);
  };

  it.each([
    ['full', full, /cannot be written to \(ENOSPC/],
    ['read-only', readOnly, /cannot be written to \(EROFS/],
  ])(
    'that is %s gets one clear line, and what it held stays',
    async (name, spoil, message) => {
      const store = await openStore(join(disk, name));
      await listen(await startRunner(store, first));
      const done = first.runs[0]?.id ?? '';
      const before = await readFile(runFiles(store, done).result);
      await spoil();

      const told = await listen(await startRunner(store, plan));
      expect(told.at(-1)).toMatchObject({ type: 'refused', message: expect.stringMatching(message) });
      expect(await readFile(runFiles(store, done).result)).toEqual(before);

      spawnSync('mount', ['-o', 'remount,rw', disk]);
      await rm(filler, { force: true });
      await listen(await startRunner(store, plan));
      expect(await outcomesOf(store, plan)).toEqual(expected);
      await rm(store, { recursive: true });
    },
    120_000,
  );
});
