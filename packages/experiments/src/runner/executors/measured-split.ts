import { cpus } from 'node:os';
import { engineContender, measure, type Placement } from '@strata/core/engine/bench';
import { hashJson } from '@strata/core/hash';
import type { PlannedRun } from '../../plan/index.js';
import { machineCache } from '../machine-cache.js';

/** A measurement takes about five seconds; it may take this share of what is to be trained. */
const LEAST_SECONDS = 300;
const MEASURING = { roundSeconds: 0.5, rounds: 3 } as const;

/** Ways to share cores evenly among runs: one run on all, two on half each, and so on to one core a run. */
export function splits(cores: number, runs: number): readonly Placement[] {
  const counts = new Set<number>();
  for (let slots = 1; slots < cores; slots *= 2) counts.add(slots);
  return [...counts, cores]
    .filter(slots => slots <= runs)
    .map(slots => ({ processes: slots, threads: Math.floor(cores / slots) }));
}

/**
 * The split with the best total throughput for a network, measured on training steps in processes of their own, and
 * remembered for this machine. Undefined where measuring is not worth its time, or fails.
 */
export async function measuredSplit(
  { run }: PlannedRun,
  { cores, runs, seconds }: { readonly cores: number; readonly runs: number; readonly seconds: number },
): Promise<Placement | undefined> {
  const candidates = splits(cores, runs);
  if (candidates.length < 2) return candidates[0];
  const { engine, network, model, recipe } = run;
  const { batchSize } = recipe;
  const cache = machineCache<Placement>('splits.json');
  const key = hashJson({ engine, network, batchSize, candidates, cpu: cpus()[0]?.model ?? '' });
  const known = await cache.recall(key);
  if (known || seconds < LEAST_SECONDS) return known;
  const contenders = candidates.map(split =>
    engineContender(engine, { name: network, model, batchSize }, split),
  );
  const speeds = await measure(contenders, MEASURING).catch(() => undefined);
  const best = candidates[speeds?.indexOf(Math.max(...speeds)) ?? -1];
  if (best) await cache.keep(key, best);
  return best;
}
