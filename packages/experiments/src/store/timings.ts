import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '@strata/core/errors';
import { hashJson } from '@strata/core/hash';
import { z } from 'zod';
import { writeAtomically } from './atomic.js';
import { readIfThere, sealed, unsealed, writing } from './documents.js';
import { timingFile, timingsFolder } from './files.js';
import type { Environment } from './run.js';

/** `timings/<experiment>-<profile>-<hash>.json`: training steps measured alone on one machine, the variants by turns. */
export interface Timing {
  readonly experiment: string;
  readonly profile: string;
  /** ISO 8601. */
  readonly measured: string;
  readonly environment: Environment;
  /** Of the machine in the minute before: near 0 where it had nothing else to do. */
  readonly load: number;
  readonly steps: readonly TimedStep[];
}

export interface TimedStep {
  readonly variant: string;
  /** Hash of what was timed: network, batch size, optimizer, frozen layers, engine. */
  readonly step: string;
  readonly batchSize: number;
  /** Of one step, by turn: all variants have as many, and the same turn is the same minute. */
  readonly seconds: readonly number[];
}

const timingSchema = z.looseObject({
  experiment: z.string(),
  profile: z.string(),
  measured: z.string(),
  environment: z.looseObject({ engine: z.string(), cpu: z.string(), threads: z.number().nullable() }),
  load: z.number(),
  steps: z.array(
    z.looseObject({
      variant: z.string(),
      step: z.string(),
      batchSize: z.number(),
      seconds: z.array(z.number().positive()),
    }),
  ),
});

/** Keeps a measurement, in the place of an earlier one of the same steps on the same machine. Returns its path. */
export async function writeTiming(store: string, timing: Timing): Promise<string> {
  const { experiment, profile, environment, steps } = timing;
  const { engine, cpu, threads, platform, host } = environment;
  const measured = { steps: steps.map(({ step }) => step), engine, cpu, threads, platform, host };
  const file = timingFile(store, `${experiment}-${profile}-${hashJson(measured).slice(0, 8)}`);
  await writing(store, () => writeAtomically(file, sealed(timing, 2)));
  return file;
}

/** Every measurement that is whole, the newest first. */
export async function readTimings(store: string): Promise<readonly Timing[]> {
  const found: Timing[] = [];
  for (const name of await namesIn(timingsFolder(store))) {
    const timing = unsealed<Timing>(timingSchema, await readIfThere(join(timingsFolder(store), name)));
    if (timing) found.push(timing);
  }
  return found.sort((a, b) => (a.measured < b.measured ? 1 : -1));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter(name => name.endsWith('.json')).sort();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
