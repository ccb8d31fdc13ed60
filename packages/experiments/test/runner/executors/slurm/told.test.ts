import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { listenTo, type Told, tell } from '../../../../src/runner/executors/slurm/told.js';

const folder = await mkdtemp(join(tmpdir(), 'strata-told-'));
afterAll(() => rm(folder, { recursive: true }));

it('what a job tells is heard once and whole, though an attempt died in the middle of a word', async () => {
  const file = join(folder, 'told');
  await writeFile(file, '');
  const listen = listenTo(file);
  const attempt: Told = { type: 'attempt', job: '12_3', host: 'knoten-ü' };
  const outcome: Told = { type: 'outcome', outcome: { type: 'stopped' } };
  expect(await listen()).toEqual([]);
  tell(file, attempt);
  expect(await listen()).toEqual([attempt]);
  expect(await listen()).toEqual([]);
  await appendFile(file, '{"type":"event","ev');
  expect(await listen()).toEqual([]);
  tell(file, attempt);
  tell(file, outcome);
  expect(await listen()).toEqual([attempt, outcome]);
  await rm(file);
  expect(await listen()).toBeUndefined();
});
