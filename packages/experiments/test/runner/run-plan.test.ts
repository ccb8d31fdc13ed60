import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataSet } from '@strata/core/data';
import { type Engine, loadEngine } from '@strata/core/engine';
import { experimentNamed } from '@strata/experiments/catalog';
import { collectResults } from '@strata/experiments/collect';
import { overrideProfile, type Plan, planExperiment, plannedData } from '@strata/experiments/plan';
import { inProcessExecutor, type RunnerEvent, runPlan } from '@strata/experiments/runner';
import {
  beginAttempt,
  openStore,
  readEvents,
  readWeights,
  runFiles,
  runStatus,
} from '@strata/experiments/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const experiment = experimentNamed('vgg-depth');
const settings = ['recipe.epochs=1', 'subset.train=64', 'subset.test=50'];
const profile = overrideProfile(experiment.profiles.smoke, settings);
const { dataSet: data } = await openDataSet('shapes', { imageShape: [3, 32, 32] });
const wasm = await loadEngine('wasm');

function planOf(only: readonly string[]): Plan {
  return planExperiment({
    experiment,
    profileName: 'smoke',
    profile,
    data: plannedData({ dataSet: data, note: null }),
    engine: wasm.name,
    seeds: [0],
    only,
  });
}

let store: string;
beforeEach(async () => {
  store = await openStore(await mkdtemp(join(tmpdir(), 'strata-run-')));
});
afterEach(() => rm(store, { recursive: true, force: true }));

async function run(
  plan: Plan,
  changes: { engine?: Engine; signal?: AbortSignal; onEvent?: (e: RunnerEvent) => void } = {},
) {
  const events: RunnerEvent[] = [];
  const signal = changes.signal ?? new AbortController().signal;
  const onEvent = (event: RunnerEvent): void => {
    events.push(event);
    changes.onEvent?.(event);
  };
  const executor = inProcessExecutor({ store, data, engine: changes.engine ?? wasm });
  const outcome = await runPlan({ store, executor, signal, onEvent }, plan);
  return { outcome, events };
}

describe('runner', () => {
  const plan = planOf(['D']);
  const [a, d] = plan.runs;
  if (!a || !d) throw new Error('the plan should hold A and D');

  it('trains parents first, keeps results, and trains nothing the second time', async () => {
    const first = await run(plan);
    expect([...first.outcome.runs.values()]).toEqual(['trained', 'trained']);
    const weights = await readFile(runFiles(store, d.id).checkpoint);

    const second = await run(plan);
    expect([...second.outcome.runs.values()]).toEqual(['reused', 'reused']);
    expect(second.events.map(event => event.type)).toEqual(['reused', 'reused']);
    expect(await readFile(runFiles(store, d.id).checkpoint)).toEqual(weights);

    const results = await collectResults(store, plan, 'the command');
    const planned = results.variants.filter(variant => variant.runs.length > 0);
    expect(planned.map(variant => variant.name)).toEqual(['A', 'D']);
    expect(results.variants).toHaveLength(experiment.variants.length);
    const [collected] = planned[1]?.runs ?? [];
    expect(collected).toMatchObject({ state: 'done', test: { count: 50 }, train: { count: 64 } });
    expect(planned[1]?.paper).toMatchObject({
      top1Error: 27,
      top5Error: 8.8,
      parameters: 138_357_544,
    });
  });

  it('gives the same weights and metrics in a new store', async () => {
    await run(plan);
    const before = (await runStatus(store, d.id)).result;
    const steps = (await readEvents(store, d.id)).flatMap(event =>
      event.type === 'step' ? [event.loss] : [],
    );
    await rm(store, { recursive: true });
    await run(plan);
    const after = (await runStatus(store, d.id)).result;
    expect(after?.weightsSha256).toBe(before?.weightsSha256);
    const again = (await readEvents(store, d.id)).flatMap(event =>
      event.type === 'step' ? [event.loss] : [],
    );
    expect(again).toEqual(steps);
    expect(steps).toHaveLength(2);
  });

  it('really starts D from what A has learnt', async () => {
    // With a rate of zero nothing moves, so that D keeps exactly the layers that it was given.
    const still = overrideProfile(profile, ['recipe.schedule.initial=0']);
    const moved = planExperiment({ ...plan, profile });
    await run(moved);
    const frozen = planExperiment({ ...plan, profile: still });
    const frozenD = frozen.runs[1];
    if (!frozenD) throw new Error('no D');
    const parents = [{ run: a.id, layers: ['conv1_1', 'fc3'] }];
    await run({ ...frozen, runs: [{ ...frozenD, run: { ...frozenD.run, parents } }] });
    const [from, to] = await Promise.all([readWeights(store, a.id), readWeights(store, frozenD.id)]);
    expect(to.get('conv1_1.weight')).toEqual(from.get('conv1_1.weight'));
    expect(to.get('fc3.bias')).toEqual(from.get('fc3.bias'));
    expect(to.get('fc1.weight')).not.toEqual(from.get('fc1.weight'));
  });

  it('goes on after a run that fails, except with those that start from it', async () => {
    const plan = planOf(['A', 'A-LRN', 'D']);
    const failing: Engine = {
      ...wasm,
      build: (network, options) =>
        network.name === 'vgg-a' ? Promise.reject(new Error('out of memory')) : wasm.build(network, options),
    };
    const { outcome } = await run(plan, { engine: failing });
    expect([...outcome.runs.values()]).toEqual(['failed', 'trained', 'failed']);
    const [first, , last] = plan.runs;
    expect(await runStatus(store, first?.id ?? '')).toMatchObject({
      state: 'failed',
      reason: 'out of memory',
    });
    expect((await runStatus(store, last?.id ?? '')).reason).toMatch(/the run it starts from .* failed/);
    expect(await readFile(runFiles(store, first?.id ?? '').log, 'utf8')).toMatch(/failed: out of memory/);

    const mended = await run(plan);
    expect([...mended.outcome.runs.values()]).toEqual(['trained', 'reused', 'trained']);
  });

  it('stops at the next step when it is asked to, and can go on', async () => {
    const controller = new AbortController();
    const onEvent = (event: RunnerEvent): void => {
      if (event.type === 'training' && event.event.type === 'step') controller.abort();
    };
    const { outcome } = await run(plan, { signal: controller.signal, onEvent });
    expect(outcome).toMatchObject({ stopped: true });
    expect((await runStatus(store, a.id)).state).toBe('planned');
    expect([...(await run(plan)).outcome.runs.values()]).toEqual(['trained', 'trained']);
  });

  it('keeps a diverged run as a result, and counts what it says as wrong', async () => {
    const wild = planExperiment({
      ...planOf(['A']),
      profile: overrideProfile(profile, ['recipe.schedule.initial=1e30', 'recipe.schedule.warmUpSteps=0']),
    });
    const { outcome, events } = await run(wild);
    expect([...outcome.runs.values()]).toEqual(['trained']);
    expect(events.at(-1)).toMatchObject({ type: 'ended', result: { state: 'diverged' } });
    const { variants } = await collectResults(store, wild, '');
    expect(variants[0]?.runs[0]).toMatchObject({ state: 'diverged', test: { top1Error: 100, loss: null } });
    expect([...(await run(wild)).outcome.runs.values()]).toEqual(['reused']);
  });

  it('waits for what another process trains, and says so', async () => {
    const other = await beginAttempt(store, a.id, a.run);
    const events: RunnerEvent[] = [];
    const { outcome } = await run(plan, {
      onEvent(event) {
        events.push(event);
        if (event.type === 'waiting') setTimeout(() => void other?.end(), 50);
      },
    });
    expect(events[0]).toMatchObject({
      type: 'waiting',
      planned: a,
      by: expect.stringMatching(/^by process/),
    });
    expect([...outcome.runs.values()]).toEqual(['trained', 'trained']);
  });

  it.each([
    ['truncated', (text: string) => text.slice(0, 20)],
    ['empty', () => ''],
    ['changed', (text: string) => text.replace('"trainLoss": ', '"trainLoss": 1')],
  ])('makes a result that was %s again from the final checkpoint', async (_, damage) => {
    const single = planOf(['A']);
    await run(single);
    const { result, log } = runFiles(store, a.id);
    const before = (await runStatus(store, a.id)).result;
    await writeFile(result, damage(await readFile(result, 'utf8')));
    const { outcome, events } = await run(single);
    expect([...outcome.runs.values()]).toEqual(['trained']);
    expect(events.some(event => event.type === 'training' && event.event.type === 'step')).toBe(false);
    const { weightsSha256, trainLoss, steps } = (await runStatus(store, a.id)).result ?? {};
    expect({ weightsSha256, trainLoss, steps }).toEqual({
      weightsSha256: before?.weightsSha256,
      trainLoss: before?.trainLoss,
      steps: before?.steps,
    });
    expect(await readFile(log, 'utf8')).toMatch(/warning: result.json was damaged/);
  });

  it('trains a run again whose weights are damaged and needed', async () => {
    await run(planOf(['A']));
    const before = (await runStatus(store, a.id)).result;
    await writeFile(runFiles(store, a.id).checkpoint, 'damaged');
    expect([...(await run(planOf(['A']))).outcome.runs.values()]).toEqual(['reused']);
    expect([...(await run(plan)).outcome.runs.values()]).toEqual(['trained', 'trained']);
    expect((await runStatus(store, a.id)).result?.weightsSha256).toBe(before?.weightsSha256);
    expect(await readFile(runFiles(store, a.id).log, 'utf8')).toMatch(
      /warning: the final weights were damaged/,
    );
  });

  it('says when the disk refuses, and leaves what was there', async () => {
    await run(planOf(['A']));
    const before = await readFile(runFiles(store, a.id).result);
    await rm(join(store, 'evaluations'), { recursive: true });
    await writeFile(join(store, 'evaluations'), 'in the way');
    await expect(run(plan)).rejects.toThrow(/^The store .* cannot be written to .* What it held is intact/);
    expect(await readFile(runFiles(store, a.id).result)).toEqual(before);
  });
});
