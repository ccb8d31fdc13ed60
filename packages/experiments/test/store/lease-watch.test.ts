import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { leaseWatch } from '@strata/experiments/store';
import { describe, expect, it } from 'vitest';
import type { Holder } from '../../src/store/lease.js';
import { isGone, thisProcess } from '../../src/store/process-identity.js';

const elsewhere = { host: 'another', space: 'another', pid: 1, started: '1', since: '2020-01-01T00:00:00Z' };

function holder(beat: string, token = 'a', owner: Holder['owner'] = elsewhere): Holder {
  return { token, beat, owner };
}

describe('watching a lease', () => {
  it('takes a holder for dead whose beat stands still for the lease time, by the observer’s clock alone', () => {
    let time = 0;
    const watch = leaseWatch(1000, () => time);
    expect(watch.isDead('id', holder('1'))).toBe(false);
    time = 900;
    expect(watch.isDead('id', holder('2'))).toBe(false);
    time = 1800;
    expect(watch.isDead('id', holder('2'))).toBe(false);
    time = 1901;
    expect(watch.isDead('id', holder('2'))).toBe(true);
  });

  it('counts anew for another holder, and for one whose record is damaged', () => {
    let time = 0;
    const watch = leaseWatch(1000, () => time);
    watch.isDead('id', holder('1', 'a'));
    time = 2000;
    expect(watch.isDead('id', holder('1', 'b', null))).toBe(false);
    time = 3001;
    expect(watch.isDead('id', holder('1', 'b', null))).toBe(true);
  });

  it('does not wait for a process of this machine that is gone', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const gone = { ...thisProcess(), pid, started: '1', since: '' };
    expect(leaseWatch(1000).isDead('id', holder('1', 'a', gone))).toBe(true);
  });
});

describe('a process', () => {
  const own = thisProcess();

  it('lives while it does', () => {
    expect(own).toMatchObject({ host: hostname(), pid: process.pid });
    expect(isGone(own)).toBe(false);
  });

  it.skipIf(own.started === null)('is gone when its number belongs to another (needs /proc)', () => {
    expect(isGone({ ...own, started: '1' })).toBe(true);
  });

  it('cannot be judged from another machine', () => {
    expect(isGone({ ...own, space: 'another', started: '1' })).toBe(false);
  });

  it('is gone when it was killed', async () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const identity = { ...own, pid: child.pid ?? 0, started: null };
    expect(isGone(identity)).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isGone(identity)).toBe(true);
  });
});
