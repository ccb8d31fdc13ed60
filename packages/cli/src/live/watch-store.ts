import { setTimeout as pause } from 'node:timers/promises';
import { readPlanRecords } from '@strata/experiments/plan';
import { orderRuns } from '@strata/experiments/runner';
import { readEvents, runStatus } from '@strata/experiments/store';
import { summarisePlan } from '../summarise-plan.js';
import { isActive, isOver, type RunRow, waitingRow } from './run-row.js';
import { rowOfFiles } from './store-rows.js';
import type { Sweep } from './time-left.js';

const LOOK_MS = 1000;
/** Plans come rarely, and reading them takes longer. */
const LOOKS_A_PLAN = 10;

/**
 * Looks at a store again and again, until every run of its plans is over or the signal comes. Only files are read:
 * whoever trains, here or on another machine, need not know of it. Plans that were over before are left aside.
 */
export async function* watchStore(store: string, signal: AbortSignal): AsyncGenerator<Sweep> {
  const began = Date.now();
  const shown = new Set<string>();
  let expected: { readonly rows: readonly RunRow[]; readonly seconds: number } | undefined;
  let rows: readonly RunRow[] = [];
  for (let look = 0; ; look++) {
    if (!expected || look % LOOKS_A_PLAN === 0) expected = await expectedRows(store, shown);
    const known = new Map(rows.map(row => [row.id, row]));
    rows = await Promise.all(expected.rows.map(row => lookAt(store, row, known.get(row.id))));
    yield { rows, began, expectedSeconds: expected.seconds };
    if (rows.every(isOver) || signal.aborted) return;
    await pause(LOOK_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
  }
}

/** Every planned run once, as if none had begun. */
async function expectedRows(
  store: string,
  shown: Set<string>,
): Promise<{ readonly rows: readonly RunRow[]; readonly seconds: number }> {
  const records = await readPlanRecords(store);
  const summaries = await Promise.all(
    records.map(async ({ plan }) => ({ plan, summary: await summarisePlan(plan, store) })),
  );
  const open = summaries.filter(({ plan, summary }) => {
    const isOpen = summary.runs.some(({ state }) => state === 'planned' || state === 'running');
    return isOpen || plan.runs.some(({ id }) => shown.has(id));
  });
  const rows = new Map<string, RunRow>();
  for (const { plan, summary } of open) {
    const costs = new Map(summary.runs.map(run => [run.planned.id, run.seconds]));
    const cost = ({ id }: { readonly id: string }): number => costs.get(id) ?? 0;
    const prefix = open.length > 1 ? `${plan.experiment.name} ${plan.profileName} ` : '';
    for (const run of orderRuns(plan.runs, cost).runs) {
      shown.add(run.id);
      if (!rows.has(run.id)) rows.set(run.id, waitingRow(run, cost(run), prefix));
    }
  }
  return { rows: [...rows.values()], seconds: open.reduce((sum, { summary }) => sum + summary.seconds, 0) };
}

/** What is done stays done; a failed run may be tried again. Paces count from the first look on. */
async function lookAt(store: string, waiting: RunRow, known: RunRow | undefined): Promise<RunRow> {
  if (known?.state === 'done' || known?.state === 'diverged') return known;
  const status = await runStatus(store, waiting.id);
  const time = Date.now();
  const row = rowOfFiles(waiting, { status, events: await readEvents(store, waiting.id), time });
  if (!known) return { ...row, from: isOver(row) ? null : { step: row.step, time } };
  const isSameAttempt = known.from !== null && known.from.step <= row.step;
  return {
    ...row,
    from: isSameAttempt && isActive(known) ? known.from : row.from,
    changed: row.state === known.state ? known.changed : row.changed,
  };
}
