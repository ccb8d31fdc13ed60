import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { cacheDir } from '@strata/core/data';
import { engineContender, measure, type Placement } from '@strata/core/engine/bench';
import { hashJson } from '@strata/core/hash';
import type { PlannedRun } from '../../plan/index.js';
import { writeAtomically } from '../../store/index.js';

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
  const key = hashJson({ engine, network, batchSize, candidates, cpu: cpus()[0]?.model ?? '' });
  const known = await remembered();
  if (known[key]) return known[key];
  if (seconds < LEAST_SECONDS) return undefined;
  const contenders = candidates.map(split =>
    engineContender(engine, { name: network, model, batchSize }, split),
  );
  const speeds = await measure(contenders, MEASURING).catch(() => undefined);
  const best = candidates[speeds?.indexOf(Math.max(...speeds)) ?? -1];
  // What cannot be remembered is measured again.
  if (best) await writeAtomically(file(), JSON.stringify({ ...known, [key]: best })).catch(() => {});
  return best;
}

function file(): string {
  return join(cacheDir(), 'splits.json');
}

async function remembered(): Promise<Record<string, Placement>> {
  try {
    return JSON.parse(await readFile(file(), 'utf8')) as Record<string, Placement>;
  } catch {
    return {};
  }
}
