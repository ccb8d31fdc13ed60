import type { PlannedRun } from '../plan/index.js';
import {
  describeHolder,
  holderOf,
  type LeaseWatch,
  type RunResult,
  readResponses,
  runStatus,
} from '../store/index.js';
import { isTested } from './evaluate-run.js';

export type Look =
  /** Trained and tested. */
  | { readonly type: 'over'; readonly result: RunResult }
  | { readonly type: 'held'; readonly by: string }
  /** To be worked on; `dead` is the token of a holder that it may be taken from. */
  | { readonly type: 'open'; readonly dead?: string };

/** How a run stands in the store, as far as others are concerned. */
export async function lookAt(store: string, planned: PlannedRun, watch: LeaseWatch): Promise<Look> {
  const { result } = await runStatus(store, planned.id);
  if (result && (await isTested(store, planned)) && (await isMeasured(store, planned)))
    return { type: 'over', result };
  const holder = await holderOf(store, planned.id);
  if (!holder) return { type: 'open' };
  return watch.isDead(planned.id, holder)
    ? { type: 'open', dead: holder.token }
    : { type: 'held', by: describeHolder(holder) };
}

/** Whether the responses of its layers are there, where they are asked for. */
async function isMeasured(store: string, { id, measuresResponses }: PlannedRun): Promise<boolean> {
  return !measuresResponses || (await readResponses(store, id)) !== undefined;
}
