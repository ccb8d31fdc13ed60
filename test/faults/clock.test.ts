import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEvents } from '@strata/experiments/store';
import { expect, it } from 'vitest';
import { listen, outcomesOf, planOf, startRunner, type Told, temporaryStore, undisturbed } from './sweep.js';

const DAY_MS = 86_400_000;

/** Debian puts it into a folder named by the architecture. */
function libfaketime(): string | undefined {
  const root = '/usr/lib';
  if (!existsSync(root)) return undefined;
  return readdirSync(root)
    .map(folder => join(root, folder, 'faketime', 'libfaketimeMT.so.1'))
    .find(file => existsSync(file));
}

const library = libfaketime();

it.skipIf(library === undefined)(
  'a clock that jumps back a day changes nothing, for its runner or another (needs libfaketime)',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'strata-clock-'));
    const clock = join(folder, 'clock');
    await writeFile(clock, '+0\n');
    const env = {
      LD_PRELOAD: library ?? '',
      FAKETIME_TIMESTAMP_FILE: clock,
      FAKETIME_NO_CACHE: '1',
      // Setting a real clock leaves the monotonic one alone.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
    const store = await temporaryStore();
    const plan = planOf(2, 48);
    const leaseTimes = { beatMs: 100, leaseMs: 1500 };
    const jumping = await startRunner(store, plan, { env, leaseTimes });
    const heard: Told[] = [];
    let other: Promise<readonly Told[]> | undefined;
    for await (const told of jumping.told) {
      heard.push(told);
      const step = 'event' in told ? ((told.event as { step?: number }).step ?? 0) : 0;
      if (other || step < 10) continue;
      await writeFile(clock, '-1d\n');
      other = startRunner(store, plan, { leaseTimes }).then(listen);
    }
    const all = [...heard, ...((await other) ?? [])];
    const began = all.flatMap(told => (told.type === 'began' && 'id' in told ? [told.id] : []));
    expect(began.toSorted()).toEqual(plan.runs.map(({ id }) => id).toSorted());
    expect(await outcomesOf(store, plan)).toEqual(await undisturbed(plan));
    const events = await Promise.all(plan.runs.map(({ id }) => readEvents(store, id)));
    const times = events.flat().flatMap(event => ('time' in event ? [Date.parse(event.time)] : []));
    expect(Math.min(...times)).toBeLessThan(Date.now() - 0.9 * DAY_MS);
    await rm(folder, { recursive: true });
  },
  120_000,
);
