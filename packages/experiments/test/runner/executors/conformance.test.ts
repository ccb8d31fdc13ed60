import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openDataSet } from '@strata/core/data';
import { loadEngine } from '@strata/core/engine';
import type { Recipe } from '@strata/core/training';
import { experimentNamed } from '@strata/experiments/catalog';
import { overrideProfile, type Plan, planExperiment, plannedData } from '@strata/experiments/plan';
import {
  type CheckpointPace,
  type Executor,
  inProcessExecutor,
  localExecutor,
  type RunnerContext,
  type RunnerEvent,
  runPlan,
  slurmExecutor,
} from '@strata/experiments/runner';
import { openStore, readEvents, runFiles, runStatus } from '@strata/experiments/store';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startCluster } from '../../../../../test/slurm/cluster.js';

const experiment = experimentNamed('vgg-depth');
const imageShape = [3, 32, 32] as const;
const data = (await openDataSet('shapes', { imageShape })).dataSet;
const source = {};
const engineName = 'wasm';

/** A checkpoint after every step. */
const eagerly: CheckpointPace = { seconds: 0, epochSeconds: 0, share: 1e9 };

function planOf(only: readonly string[], settings: readonly string[] = [], seeds = [0]): Plan {
  const tiny = ['recipe.epochs=2', 'subset.train=64', 'subset.test=50', ...settings];
  return planExperiment({
    experiment,
    profileName: 'smoke',
    profile: overrideProfile(experiment.profiles.smoke, tiny),
    data: plannedData({ dataSet: data, note: null }),
    engine: engineName,
    seeds,
    only,
  });
}

const cluster = await startCluster();
afterAll(async () => {
  if (typeof cluster !== 'string') await cluster.stop();
});
const times = { gather: 100, look: 50, ask: 300, askAtMost: 1000 };

/** Every executor that this machine can run. */
const executors: Readonly<Record<string, (store: string) => Promise<Executor>>> = {
  'in-process': async store => inProcessExecutor({ store, data, engine: await loadEngine(engineName) }),
  local: async store => localExecutor({ store, source, places: [cpu(2)] }),
  ...(typeof cluster !== 'string' && {
    slurm: store =>
      slurmExecutor({ store, source, name: 'test', options: {}, times, threads: 1, tellMs: 10 }),
  }),
};

function cpu(slots: number) {
  return { slots, threads: 1, bytes: 1e12 };
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

let store: string;
let executor: Executor;
beforeEach(async () => {
  store = await openStore(await mkdtemp(join(tmpdir(), 'strata-executor-')));
});
afterEach(async () => {
  await executor?.close();
  await rm(store, { recursive: true, force: true });
});

async function run(plan: Plan, changes: Partial<RunnerContext> = {}) {
  const events: RunnerEvent[] = [];
  const onEvent = (event: RunnerEvent): void => {
    events.push(event);
    changes.onEvent?.(event);
  };
  const { signal } = new AbortController();
  const outcome = await runPlan({ store, executor, signal, ...changes, onEvent }, plan);
  return { outcome, events };
}

const shaOf = async (plan: Plan): Promise<readonly (string | undefined)[]> =>
  Promise.all(plan.runs.map(async ({ id }) => (await runStatus(store, id)).result?.weightsSha256));

/** What an uninterrupted, sequential run of a plan makes. */
async function reference(plan: Plan): Promise<readonly (string | undefined)[]> {
  const own = await openStore(await mkdtemp(join(tmpdir(), 'strata-reference-')));
  const alone = inProcessExecutor({ store: own, data, engine: await loadEngine(engineName) });
  const signal = new AbortController().signal;
  await runPlan({ store: own, executor: alone, signal, onEvent: () => {} }, plan);
  const shas = await Promise.all(
    plan.runs.map(async ({ id }) => (await runStatus(own, id)).result?.weightsSha256),
  );
  await rm(own, { recursive: true });
  return shas;
}

const plan = planOf(['A', 'A-LRN', 'D']);
const expected = await reference(plan);

describe.each(Object.entries(executors))('executor %s', (_, open) => {
  it('executes every run once, parents first, with the same results as any other', async () => {
    executor = await open(store);
    const { outcome, events } = await run(plan);
    expect([...outcome.runs.values()]).toEqual(['trained', 'trained', 'trained']);
    expect(await shaOf(plan)).toEqual(expected);
    for (const { id } of plan.runs) {
      const own = events.filter(({ planned }) => planned.id === id).map(({ type }) => type);
      expect(own.filter(type => type === 'began')).toHaveLength(1);
      expect(own.at(-1)).toBe('ended');
      const kept = (await readEvents(store, id)).map(({ type }) => type).join(' ');
      expect(kept).toBe('start step step epoch step step epoch end');
    }
    const at = (type: string, variant: string): number =>
      events.findIndex(event => event.type === type && event.planned.variant === variant);
    expect(at('began', 'D')).toBeGreaterThan(at('ended', 'A'));
    expect([...(await run(plan)).outcome.runs.values()]).toEqual(['reused', 'reused', 'reused']);
  });

  it('goes on after a run that fails, except with those that start from it', async () => {
    executor = await open(store);
    const [a, lrn, d] = plan.runs;
    if (!a || !lrn || !d) throw new Error('the plan should hold three runs');
    const recipe = { ...a.run.recipe, schedule: null } as unknown as Recipe;
    const broken = { ...a, run: { ...a.run, recipe } };
    const { outcome, events } = await run({ ...plan, runs: [broken, lrn, d] });
    expect([...outcome.runs.values()]).toEqual(['failed', 'trained', 'failed']);
    expect(events.filter(({ type }) => type === 'retrying')).toEqual([]);
    expect(await runStatus(store, a.id)).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/null/),
    });
    expect((await runStatus(store, d.id)).reason).toMatch(/the run it starts from .* failed/);
  });

  it('leaves the rest when it is to stop at a failure', async () => {
    executor = await open(store);
    const [a] = plan.runs;
    if (!a) throw new Error('the plan should hold A');
    const recipe = { ...a.run.recipe, schedule: null } as unknown as Recipe;
    const long = planOf(['A'], ['recipe.epochs=300'], [1]);
    const runs = [{ ...a, multiplyAdds: 1e15, run: { ...a.run, recipe } }, ...long.runs];
    const { outcome } = await run({ ...plan, runs }, { failFast: true });
    expect([...outcome.runs.values()]).toEqual(['failed']);
    expect(outcome.stopped).toBe(false);
  });

  it('stops when it is asked to, keeps what was done, and goes on to the same results', async () => {
    executor = await open(store);
    const long = planOf(['A'], ['recipe.epochs=12'], [0, 1]);
    const controller = new AbortController();
    const { outcome } = await run(long, {
      signal: controller.signal,
      onEvent(event) {
        if (event.type === 'training' && event.event.type === 'step' && event.event.step > 2)
          controller.abort();
      },
    });
    expect(outcome.stopped).toBe(true);
    const stopped = await Promise.all(long.runs.map(({ id }) => runStatus(store, id)));
    expect(stopped.map(({ state }) => state)).toEqual(['planned', 'planned']);
    await run(long);
    const results = await Promise.all(long.runs.map(({ id }) => runStatus(store, id)));
    expect(results.some(({ result }) => (result?.resumedFromStep ?? 0) > 2)).toBe(true);
    expect(await shaOf(long)).toEqual(await reference(long));
  });

  it('shares a store with another runner: each run is executed once', async () => {
    executor = await open(store);
    const other = await open(store);
    const many = planOf(['A', 'D'], [], [0, 1]);
    const signal = new AbortController().signal;
    const began: string[] = [];
    const onEvent = ({ type, planned }: RunnerEvent): void => {
      if (type === 'began') began.push(planned.id);
    };
    const outcomes = await Promise.all(
      [executor, other].map(each => runPlan({ store, executor: each, signal, onEvent }, many)),
    );
    await other.close();
    expect(began.toSorted()).toEqual(many.runs.map(({ id }) => id).toSorted());
    for (const { id } of many.runs) {
      expect(outcomes.map(({ runs }) => runs.get(id)).toSorted()).toEqual(['reused', 'trained']);
    }
    expect(await shaOf(many)).toEqual(await reference(many));
  });
});

if (typeof cluster === 'string') it.skip(`executor slurm: ${cluster}`, () => {});

describe('job processes', () => {
  it('that are killed are started again, and go on from their checkpoint', async () => {
    executor = localExecutor({
      store,
      source,
      places: [cpu(2)],
      pace: eagerly,
      script: here('crashing-job.mjs'),
    });
    const { outcome, events } = await run(plan);
    expect([...outcome.runs.values()]).toEqual(['trained', 'trained', 'trained']);
    expect(events.filter(({ type }) => type === 'retrying')).toHaveLength(3);
    expect(events.find(({ type }) => type === 'retrying')).toMatchObject({
      reason: 'its process was killed by SIGKILL',
    });
    for (const { id } of plan.runs) {
      expect((await runStatus(store, id)).result?.resumedFromStep).toBe(1);
    }
    expect(await shaOf(plan)).toEqual(expected);
  });

  it('that die again and again are given up, with the reason', async () => {
    executor = localExecutor({ store, source, places: [cpu(2)], script: here('dying-job.mjs') });
    const { outcome, events } = await run(plan, { retries: 1 });
    expect([...outcome.runs.values()]).toEqual(['failed', 'failed', 'failed']);
    expect(events.filter(({ type }) => type === 'retrying')).toHaveLength(2);
    const status = await runStatus(store, plan.runs[0]?.id ?? '');
    expect(status.reason).toBe('its process exited with code 134: out of memory, as it were');
  });

  it('keep what they have done and end when their runner is killed', async () => {
    const long = planOf(['A'], ['recipe.epochs=400'], [0, 1]);
    const options = { store, source, places: [cpu(2)], jobs: long.runs };
    const runner = spawn(process.execPath, [here('orphan.mjs'), JSON.stringify(options)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: runner.stdout });
    for await (const line of lines) if (JSON.parse(line).step > 3) break;
    runner.kill('SIGKILL');
    await once(runner, 'exit');
    const folders = async () => Promise.all(long.runs.map(({ id }) => readdir(runFiles(store, id).folder)));
    await expect
      .poll(async () => (await folders()).flat().includes('lease'), { timeout: 20_000 })
      .toBe(false);
    const logs = await Promise.all(
      long.runs.map(({ id }) => readFile(runFiles(store, id).log, 'utf8').catch(() => '')),
    );
    expect(logs.join('')).toMatch(/stopped after step \d+/);
    expect((await folders()).flat()).toContain('checkpoint.safetensors');
  });
});
