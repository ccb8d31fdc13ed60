import { describe, expect, it } from 'vitest';
import { listen, outcomesOf, planOf, startRunner, type Told, temporaryStore, undisturbed } from './sweep.js';

const isLong = process.env.STRATA_FAULTS !== undefined;
const plan = planOf(isLong ? 8 : 4, 16);
const expected = await undisturbed(plan);
const ids = plan.runs.map(({ id }) => id).toSorted();

function began(told: readonly Told[]): readonly string[] {
  return told.flatMap(document => (document.type === 'began' && 'id' in document ? [document.id] : []));
}

describe('runners on one store', () => {
  it.each(isLong ? [2, 4] : [2])(
    '%i split the work, and execute each run once',
    async count => {
      const store = await temporaryStore();
      const runners = await Promise.all(Array.from({ length: count }, () => startRunner(store, plan)));
      const told = await Promise.all(runners.map(listen));
      expect(told.flatMap(began).toSorted()).toEqual(ids);
      for (const documents of told) {
        expect(documents.at(-1)).toMatchObject({ type: 'over' });
        expect(Object.keys((documents.at(-1) as { runs: object }).runs)).toHaveLength(ids.length);
      }
      expect(await outcomesOf(store, plan)).toEqual(expected);
    },
    300_000,
  );

  it('one that was frozen past its lease harms nothing when it wakes', async () => {
    const store = await temporaryStore();
    const long = planOf(1, 240);
    const leaseTimes = { beatMs: 100, leaseMs: 1500 };
    const frozen = await startRunner(store, long, { leaseTimes });
    const heard: Told[] = [];
    for await (const told of frozen.told) {
      heard.push(told);
      const event = 'event' in told ? (told.event as { step?: number }) : {};
      if ((event.step ?? 0) > 40) break;
    }
    frozen.signal('SIGSTOP');
    const second = await startRunner(store, long, { leaseTimes });
    const started: Told[] = [];
    for await (const told of second.told) {
      started.push(told);
      // It wakes while the other is in the middle of the training.
      const event = 'event' in told ? (told.event as { step?: number; type?: string }) : {};
      if (event.type === 'step' && (event.step ?? 0) > 100) break;
    }
    frozen.signal('SIGCONT');
    await Promise.all([second.exited, frozen.exited, drain(second.process), drain(frozen.process)]);
    expect(started.some(told => told.type === 'waiting')).toBe(true);
    const start = started.find(told => 'event' in told && (told.event as { type: string }).type === 'start');
    expect(start).toMatchObject({ event: { resumedFromStep: expect.any(Number) } });
    expect(start).not.toMatchObject({ event: { resumedFromStep: 0 } });
    expect(await outcomesOf(store, long)).toEqual(await undisturbed(long));
  }, 300_000);
});

/** Lets a process write on when nobody listens any more. */
async function drain({ stdout }: { stdout: NodeJS.ReadableStream | null }): Promise<void> {
  stdout?.resume();
}
