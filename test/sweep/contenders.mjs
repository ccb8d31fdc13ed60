// Three ways to train a table: a sweep, the same runs one after the other, and a plain PyTorch script.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { subsetOf } from '../../packages/core/dist/data/index.js';
import { buildModel } from '../../packages/core/dist/models/index.js';
import { isLook } from '../../packages/experiments/dist/plan/index.js';
import { localExecutor, runPlan } from '../../packages/experiments/dist/runner/index.js';
import { openStore, runStatus } from '../../packages/experiments/dist/store/index.js';

const cores = availableParallelism();
const here = path => fileURLToPath(new URL(path, import.meta.url));

async function inFolder(work) {
  const folder = await mkdtemp(join(tmpdir(), 'strata-sweep-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a plan in a store of its own; every job's moments in seconds. */
async function sweep({ plan, source, cost }, slots, threads) {
  return inFolder(async folder => {
    const store = await openStore(folder);
    const executor = localExecutor({ store, source, places: [{ slots, threads, bytes: 1e12 }] });
    const began = performance.now();
    const now = () => (performance.now() - began) / 1000;
    const jobs = [];
    const observed = {
      ...executor,
      start(job, onEvent) {
        const at = { planned: job.planned, started: now() };
        const execution = executor.start(job, event => {
          if (event.type === 'training' && event.event.type === 'start') at.training = now();
          onEvent(event);
        });
        if (!execution) return undefined;
        jobs.push(at);
        void execution.outcome.then(() => {
          at.ended = now();
        });
        return execution;
      },
    };
    const signal = new AbortController().signal;
    await runPlan({ store, executor: observed, onEvent: () => {}, signal, cost }, plan);
    const wall = now();
    await executor.close();
    for (const job of jobs) job.result = (await runStatus(store, job.planned.id)).result;
    return { wall, jobs };
  });
}

async function torch({ plan, data }, python) {
  return inFolder(async folder => {
    const { train, test } = subsetOf(data, plan.profile.subset);
    const { batchSize, epochs, optimizer, schedule, augmentation } = plan.profile.recipe;
    const [, crop] = plan.profile.options.input;
    const { smallest: side = crop } = augmentation.find(({ kind }) => kind === 'rescale-crop') ?? {};
    const { pad = 0 } = augmentation.find(({ kind }) => kind === 'pad-crop') ?? {};
    const images = [train, test].flatMap(set => [...Array(set.count).keys()].map(i => ({ set, i })));
    await writeFile(join(folder, 'images.bin'), Buffer.concat(images.map(({ set, i }) => set.pixels(i))));
    const task = {
      threads: cores,
      shape: data.shape,
      train: train.count,
      side,
      pad,
      crop,
      labels: images.map(({ set, i }) => set.labels[i]),
      runs: plan.runs.map(({ run }) => ({
        network: buildModel(run.model),
        batchSize,
        epochs,
        optimizer,
        rate: schedule.initial,
        looks: [...Array(epochs).keys()].map(epoch => epoch + 1).filter(epoch => isLook(epoch, epochs)),
      })),
    };
    await writeFile(join(folder, 'task.json'), JSON.stringify(task));
    const began = performance.now();
    const args = [here('torch-table.py'), folder, here('../../packages/core/bench')];
    const env = { ...process.env, OMP_NUM_THREADS: `${cores}` };
    const [code] = await once(spawn(python, args, { stdio: 'inherit', env }), 'close');
    if (code !== 0) throw new Error(`${python} exited with code ${code}`);
    return { wall: (performance.now() - began) / 1000, jobs: [] };
  });
}

export const contenders = {
  sweep: table => sweep(table, cores, 1),
  'one-by-one': table => sweep(table, 1, cores),
  torch: table => torch(table, process.env.STRATA_PYTHON ?? '/usr/bin/python3'),
};
