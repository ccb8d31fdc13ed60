import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openDataSet } from '@strata/core/data';
import { experimentNamed } from '@strata/experiments/catalog';
import { overrideProfile, type Plan, planExperiment, plannedData } from '@strata/experiments/plan';
import type { CheckpointPace, RunnerEvent } from '@strata/experiments/runner';
import { type LeaseTimes, openStore, readEvents, runStatus } from '@strata/experiments/store';
import { afterAll } from 'vitest';

const imageShape = [3, 32, 32] as const;
const { dataSet: data } = await openDataSet('shapes', { imageShape });

export const dyingJob = fileURLToPath(new URL('dying-job.mjs', import.meta.url));
const runner = fileURLToPath(new URL('runner.mjs', import.meta.url));

/** Runs of a narrow VGG A of so many steps, each of which takes a few hundredths of a second. */
export function planOf(runs: number, steps: number): Plan {
  const experiment = experimentNamed('vgg-depth');
  const settings = [`recipe.epochs=${steps / 4}`, 'subset.train=128', 'subset.test=50'];
  return planExperiment({
    experiment,
    profileName: 'smoke',
    profile: overrideProfile(experiment.profiles.smoke, settings),
    data: plannedData({ dataSet: data, note: null }),
    engine: 'onnx',
    seeds: Array.from({ length: runs }, (_, i) => i),
    only: ['A'],
  });
}

export async function temporaryStore(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'strata-faults-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return openStore(folder);
}

/** A checkpoint after almost every step: little is lost, and much is written. */
const eager: CheckpointPace = { seconds: 0.02, epochSeconds: 0.02, share: 10 };

export interface Tools {
  readonly executor?: 'local' | 'slurm';
  readonly slots?: number;
  readonly leaseTimes?: LeaseTimes;
  readonly script?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a runner tells; runs are named by their ids. */
export type Told =
  | (Omit<RunnerEvent, 'planned' | 'result'> &
      Record<string, unknown> & { readonly id: string; readonly type: string })
  | { readonly type: 'over'; readonly runs: Readonly<Record<string, string>> }
  | { readonly type: 'refused'; readonly message: string };

export interface Runner {
  readonly told: AsyncIterableIterator<Told>;
  readonly process: ChildProcess;
  /** To the runner and all its jobs at once. */
  signal(name: NodeJS.Signals): void;
  readonly exited: Promise<unknown>;
}

/** Starts a runner in a process group of its own. */
export async function startRunner(store: string, plan: Plan, tools: Tools = {}): Promise<Runner> {
  const {
    executor = 'local',
    slots = 1,
    leaseTimes = { beatMs: 3000, leaseMs: 30_000 },
    script,
    env,
  } = tools;
  const task = join(await mkdtemp(join(tmpdir(), 'strata-task-')), 'task.json');
  await writeFile(task, JSON.stringify({ plan, store, executor, slots, pace: eager, leaseTimes, script }));
  const child = spawn(process.execPath, [runner, task], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const exited = once(child, 'close').then(() => rm(join(task, '..'), { recursive: true, force: true }));
  return {
    told: linesOf(child),
    process: child,
    signal: name => {
      if (child.pid) process.kill(-child.pid, name);
    },
    exited,
  };
}

async function* linesOf(child: ChildProcess): AsyncIterableIterator<Told> {
  if (!child.stdout) return;
  for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line) as Told;
}

/** Reads what a runner tells to the end. */
export async function listen({ told, exited }: Runner): Promise<readonly Told[]> {
  const all: Told[] = [];
  for await (const document of told) all.push(document);
  await exited;
  return all;
}

/** What must not depend on kills and clocks: weights, and every metric of every kept event. */
export async function outcomesOf(store: string, plan: Plan): Promise<readonly object[]> {
  return Promise.all(
    plan.runs.map(async ({ id }) => {
      const { state, result } = await runStatus(store, id);
      const events = (await readEvents(store, id)).map(event => {
        const { time, seconds, imagesPerSecond, resumedFromStep, ...rest } = event as unknown as Record<
          string,
          unknown
        >;
        return rest;
      });
      return { id, state, weights: result?.weightsSha256, trainLoss: result?.trainLoss, events };
    }),
  );
}

/** What an undisturbed runner makes of a plan. */
export async function undisturbed(plan: Plan): Promise<readonly object[]> {
  const store = await temporaryStore();
  await listen(await startRunner(store, plan, { slots: 2 }));
  return outcomesOf(store, plan);
}
