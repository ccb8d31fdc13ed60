import { readFile } from 'node:fs/promises';
import type { PlannedRun } from '@strata/experiments/plan';
import { holderOf, runFiles, runStatus } from '@strata/experiments/store';
import { afterAll, describe, expect, it } from 'vitest';
import { startCluster } from '../slurm/cluster.js';
import {
  listen,
  outcomesOf,
  planOf,
  type Runner,
  startRunner,
  type Told,
  temporaryStore,
  undisturbed,
} from './sweep.js';

const isLong = process.env.STRATA_FAULTS !== undefined;
/** Once in the long form, not at all in the short one. */
const atLength = isLong ? [[]] : [];
const cluster = await startCluster();
afterAll(async () => {
  if (typeof cluster !== 'string') await cluster.stop();
});
const plan = planOf(1, 80);
const [planned] = plan.runs as [PlannedRun];
const expected = typeof cluster === 'string' ? [] : await undisturbed(plan);

/** Hears a runner until its training has come so far. */
async function untilStep({ told }: Runner, step: number): Promise<void> {
  // A loop over it would end it for those who hear the rest.
  for (;;) {
    const { value, done } = await told.next();
    if (done) throw new Error('its runner has ended');
    const event = 'event' in value ? (value.event as { step?: number }) : {};
    if ((event.step ?? 0) > step) return;
  }
}

async function untilOver(runner: Runner): Promise<readonly Told[]> {
  const told = await listen(runner);
  expect(told.at(-1)).toMatchObject({ type: 'over' });
  return told;
}

const startsOf = (told: readonly Told[]): readonly unknown[] =>
  told.flatMap(document => {
    const event =
      'event' in document ? (document.event as { type: string; resumedFromStep: number }) : undefined;
    return event?.type === 'start' ? [event.resumedFromStep] : [];
  });

if (typeof cluster === 'string') it.skip(`a Slurm cluster: ${cluster}`, () => {});
else
  describe('on a Slurm cluster', () => {
    const job = (): string => cluster.command('squeue', '--noheader', '--array', '--format=%i').trim();

    // What takes Slurm's own time to come back is proved at length only.
    it.each(atLength)(
      'a run goes on after its time limit, where it was',
      async () => {
        const store = await temporaryStore();
        const runner = await startRunner(store, plan, { executor: 'slurm' });
        await untilStep(runner, 10);
        // As Slurm does a minute before the time is over.
        cluster.command('scancel', '--batch', '--signal=USR2', job());
        const told = await untilOver(runner);
        expect(told.some(({ type }) => type === 'retrying')).toBe(false);
        expect(startsOf(told)[0]).toBeGreaterThan(0);
        expect(await outcomesOf(store, plan)).toEqual(expected);
      },
      120_000,
    );

    it.each(atLength)(
      'a run that its user cancels is reported, and goes on when that is asked for',
      async () => {
        const store = await temporaryStore();
        const runner = await startRunner(store, plan, { executor: 'slurm' });
        await untilStep(runner, 10);
        cluster.command('scancel', job());
        const told = await untilOver(runner);
        expect(told.at(-1)).toMatchObject({ runs: { [planned.id]: 'failed' } });
        expect(await runStatus(store, planned.id)).toMatchObject({
          state: 'failed',
          reason: expect.stringMatching(/^Slurm job \d+_0 was cancelled$/),
        });
        const again = await untilOver(await startRunner(store, plan, { executor: 'slurm' }));
        expect(startsOf(again)[0]).toBeGreaterThan(0);
        expect(await outcomesOf(store, plan)).toEqual(expected);
      },
      120_000,
    );

    it('runs go on without their runner, and the next one waits for them instead of training again', async () => {
      const store = await temporaryStore();
      const many = planOf(5, 20);
      const first = await startRunner(store, many, { executor: 'slurm' });
      await untilStep(first, 2);
      first.signal('SIGKILL');
      await first.exited;
      const queued = cluster.command('squeue', '--noheader', '--array', '--format=%i');
      const told = await untilOver(await startRunner(store, many, { executor: 'slurm' }));
      // It has found those that wait in the queue, and has queued nothing itself.
      const names = told.flatMap(document => ('as' in document ? [String(document.as)] : []));
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) expect(queued).toContain(name.replace('Slurm job ', ''));
      for (const { id } of many.runs) {
        expect((await runStatus(store, id)).result?.resumedFromStep).toBe(0);
        const log = await readFile(runFiles(store, id).log, 'utf8');
        expect(log.match(/Slurm job/g)).toHaveLength(1);
      }
      expect(await outcomesOf(store, many)).toEqual(await undisturbed(many));
    }, 180_000);

    it('a run whose node dies is started on another, and goes on from its checkpoint', async () => {
      const store = await temporaryStore();
      const runner = await startRunner(store, plan, { executor: 'slurm' });
      await untilStep(runner, 10);
      expect((await runStatus(store, planned.id)).reason).toMatch(/^by Slurm job \d+_0 on /);
      const pid = (await holderOf(store, planned.id))?.owner?.pid ?? 0;
      const node = cluster.command('squeue', '--noheader', '--format=%N').trim();
      await cluster.killNode(node, pid);
      // Slurm notices by itself, after half a minute.
      if (!isLong) cluster.command('scontrol', 'update', `NodeName=${node}`, 'State=DOWN', 'Reason=dead');
      const told = await untilOver(runner);
      expect(told.some(({ type }) => type === 'retrying')).toBe(false);
      expect(startsOf(told)[0]).toBeGreaterThan(0);
      expect(await outcomesOf(store, plan)).toEqual(expected);
    }, 240_000);
  });
