import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readTimings, type Timing, writeTiming } from '../../src/store/index.js';

let store = '';
beforeEach(async () => {
  store = await mkdtemp(join(tmpdir(), 'strata-timings-'));
});
afterEach(() => rm(store, { recursive: true, force: true }));

const timing: Timing = {
  experiment: 'vgg-depth',
  profile: 'quick',
  measured: '2026-03-09T10:00:00.000Z',
  environment: {
    strata: '1.0.0',
    node: 'v20',
    engine: 'onnx',
    engineVersion: '1',
    cpu: 'one',
    threads: 2,
    platform: 'linux x64',
    host: 'here',
  },
  load: 0,
  steps: [{ variant: 'A', step: 'a', batchSize: 8, seconds: [0.1, 0.2] }],
};

it('there are none in a new store', async () => {
  expect(await readTimings(store)).toEqual([]);
});

it('a later measurement of the same steps on the same machine takes the place of the earlier, others stand beside it', async () => {
  const later = { ...timing, measured: '2026-03-10T10:00:00.000Z' };
  const elsewhere = { ...timing, environment: { ...timing.environment, threads: 1 } };
  const file = await writeTiming(store, timing);
  expect(file).toMatch(/timings\/vgg-depth-quick-[0-9a-f]{8}\.json$/);
  expect(await writeTiming(store, later)).toBe(file);
  await writeTiming(store, elsewhere);
  expect(await readTimings(store)).toEqual([later, elsewhere]);
  expect(await readdir(dirname(file))).toHaveLength(2);
});

it.each([
  ['cut off', (text: string) => text.slice(0, 100)],
  ['changed', (text: string) => text.replace('0.2', '0.1')],
  ['no times', (text: string) => text.replace('0.2', '-1')],
])('one that is %s counts as none', async (_, damage) => {
  const file = await writeTiming(store, timing);
  await writeFile(file, damage(await readFile(file, 'utf8')));
  expect(await readTimings(store)).toEqual([]);
});
