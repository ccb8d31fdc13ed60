import { readFile, truncate, writeFile } from 'node:fs/promises';
import { stream } from '@strata/core/random';
import type { PlannedRun } from '@strata/experiments/plan';
import { runFiles } from '@strata/experiments/store';
import { describe, expect, it } from 'vitest';
import { findCheckpoint } from '../../packages/experiments/src/store/checkpoints.js';
import { holderOf } from '../../packages/experiments/src/store/lease.js';
import {
  dyingJob,
  listen,
  outcomesOf,
  planOf,
  type Runner,
  startRunner,
  temporaryStore,
  undisturbed,
} from './sweep.js';

/** How often to kill; the long form, `nx run test:faults`, says 100. */
const KILLS = Number(process.env.STRATA_FAULTS ?? 3);
const KILLS_A_RUN = 5;
const STEPS = 400;

const draw = stream(20, 'subset', 'kills');
const stages = ['written', 'synced', 'renamed'] as const;

/** What is done to the training, and where. */
type Blow =
  | { readonly kind: 'runner' | 'job'; readonly afterSteps: number; readonly delayMs: number }
  | { readonly kind: 'writer'; readonly stage: (typeof stages)[number]; readonly write: number };

function blow(number: number): Blow {
  const [choice, steps, delay] = [3, 4, 5].map(purpose => draw.below(1000, number * 8 + purpose)) as [
    number,
    number,
    number,
  ];
  if (choice < 250) return { kind: 'writer', stage: stages[choice % 3] ?? 'synced', write: 2 + (steps % 8) };
  return { kind: choice < 600 ? 'job' : 'runner', afterSteps: 2 + (steps % 10), delayMs: delay % 40 };
}

/** Trains until the blow has fallen. Gives the step that this attempt went on from. */
async function strike(store: string, planned: PlannedRun, runner: Runner, hit: Blow): Promise<number> {
  let from: number | undefined;
  let isStruck = false;
  for await (const told of runner.told) {
    if (told.type === 'retrying') break;
    if (told.type !== 'training' || !('event' in told)) continue;
    const event = told.event as { type: string; step: number; resumedFromStep: number };
    if (event.type === 'start') from = event.resumedFromStep;
    if (
      isStruck ||
      hit.kind === 'writer' ||
      event.type !== 'step' ||
      event.step < (from ?? 0) + hit.afterSteps
    )
      continue;
    await new Promise(resolve => setTimeout(resolve, hit.delayMs));
    if (hit.kind === 'runner') break;
    const pid = (await holderOf(store, planned.id))?.owner?.pid;
    if (pid === undefined) break;
    process.kill(pid, 'SIGKILL');
    isStruck = true;
  }
  runner.signal('SIGKILL');
  await runner.exited;
  if (from === undefined) throw new Error('nothing was trained');
  return from;
}

/** Damages the newest checkpoint now and then; gives how. */
async function damage(store: string, { id }: PlannedRun, number: number): Promise<string | undefined> {
  const { checkpoint } = runFiles(store, id);
  const [choice, place] = [6, 7].map(purpose => draw.below(1e6, number * 8 + purpose)) as [number, number];
  if (choice % 5 !== 0) return undefined;
  const bytes = await readFile(checkpoint).catch(() => undefined);
  if (!bytes) return undefined;
  switch (choice % 3) {
    case 0:
      await truncate(checkpoint, place % bytes.length);
      return 'truncated';
    case 1:
      await truncate(checkpoint, 0);
      return 'emptied';
    default:
      bytes[bytes.length - 1 - (place % 1000)] = (bytes[bytes.length - 1 - (place % 1000)] as number) ^ 16;
      await writeFile(checkpoint, bytes);
      return 'bit-flipped';
  }
}

describe(`${KILLS} kills`, () => {
  it(
    'change nothing in weights and metrics',
    async () => {
      const plan = planOf(Math.ceil(KILLS / KILLS_A_RUN), STEPS);
      const store = await temporaryStore();
      const counts: Record<string, number> = {};
      const count = (what: string): void => {
        counts[what] = (counts[what] ?? 0) + 1;
      };
      let number = 0;
      for (const planned of plan.runs) {
        const single = { ...plan, runs: [planned] };
        let expected = 0;
        for (let i = 0; i < KILLS_A_RUN && number < KILLS; i++, number++) {
          const hit = blow(number);
          const env = hit.kind === 'writer' ? { STRATA_TEST_DIE: `${hit.stage} ${hit.write}` } : {};
          const from = await strike(
            store,
            planned,
            await startRunner(store, single, { script: dyingJob, env }),
            hit,
          );
          expect(from, `attempt ${i} of ${planned.id}`).toBe(expected);
          count(hit.kind === 'writer' ? `writer, ${hit.stage}` : hit.kind);
          const how = await damage(store, planned, number);
          if (how) count(how);
          const { checkpoint } = await findCheckpoint(store, planned.id);
          expected = checkpoint?.progress.step ?? 0;
          count(expected > 0 ? 'went on from a checkpoint' : 'began again');
        }
      }
      await listen(await startRunner(store, plan, { slots: 2 }));
      expect(await outcomesOf(store, plan)).toEqual(await undisturbed(plan));
      expect(number).toBe(KILLS);
      expect(counts['went on from a checkpoint']).toBeGreaterThanOrEqual(0.8 * KILLS);
      console.log(`${KILLS} kills: ${JSON.stringify(counts)}`);
    },
    20_000 * KILLS + 60_000,
  );
});
