import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '@strata/core/errors';
import { experimentNamed } from '@strata/experiments/catalog';
import { planExperiment } from '@strata/experiments/plan';
import { type Execution, type JobEvent, slurmExecutor } from '@strata/experiments/runner';
import { openStore, thisProcess } from '@strata/experiments/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBatch, readBatches, writeBatch } from '../../../../src/runner/executors/slurm/batch.js';
import { type Slurm, slurmCommands } from '../../../../src/runner/executors/slurm/commands.js';
import type { QueuedTask } from '../../../../src/runner/executors/slurm/queue.js';
import { tell } from '../../../../src/runner/executors/slurm/told.js';
import { batchFiles } from '../../../../src/store/index.js';

const experiment = experimentNamed('vgg-depth');
const { runs } = planExperiment({
  experiment,
  profileName: 'smoke',
  profile: experiment.profiles.smoke,
  data: {
    name: 'shapes',
    checksum: 'any',
    shape: [3, 32, 32],
    classes: 10,
    train: 1000,
    test: 1000,
    note: null,
  },
  engine: 'wasm',
  seeds: [0, 1],
  only: ['A', 'B'],
});
const times = { gather: 20, look: 10, ask: 10, askAtMost: 20 };
const common = {
  source: {},
  name: 'vgg-depth',
  options: {},
  times,
} as const;

/** A queue that the test moves by hand. */
interface FakeSlurm extends Slurm {
  readonly rows: QueuedTask[];
  readonly calls: string[];
  move(index: number, state: string | null): void;
}

function fakeSlurm(): FakeSlurm {
  const rows: QueuedTask[] = [];
  const calls: string[] = [];
  const say = (verb: string, jobs: readonly string[]): Promise<void> => {
    calls.push(`${verb} ${jobs.join(' ')}`);
    return Promise.resolve();
  };
  return {
    rows,
    calls,
    check: () => Promise.resolve(),
    async submit(name, args) {
      const array = args.find(arg => arg.startsWith('--array=')) ?? '';
      calls.push(`submit ${array}`);
      const last = Number(/0-(\d+)/.exec(array)?.[1]);
      for (let index = 0; index <= last; index++)
        rows.push({ batch: name, job: '7', index, state: 'PENDING' });
      return '7';
    },
    queue: async names => rows.filter(({ batch }) => names.includes(batch)),
    stop: jobs => say('stop', jobs),
    cancel: jobs => say('cancel', jobs),
    requeue: () => Promise.resolve(true),
    move(index, state) {
      const at = rows.findIndex(row => row.index === index);
      const [row] = rows.splice(at, 1);
      if (row && state !== null) rows.push({ ...row, state });
    },
  };
}

let store: string;
beforeEach(async () => {
  store = await openStore(await mkdtemp(join(tmpdir(), 'strata-slurm-test-')));
});
afterEach(() => rm(store, { recursive: true }));

const batchNames = async (): Promise<readonly string[]> => [...(await readBatches(store)).keys()];
const isOpen = async ({ outcome }: Execution): Promise<boolean> =>
  Promise.race([
    outcome.then(() => false),
    new Promise<boolean>(resolve => setTimeout(() => resolve(true), 100)),
  ]);

describe('the Slurm executor', () => {
  it('submits what is started together as one array, hears each task, and leaves nothing behind', async () => {
    const slurm = fakeSlurm();
    const executor = await slurmExecutor({ ...common, store, slurm, options: { atATime: 2 } });
    const events: JobEvent[] = [];
    const executions = runs.map(planned => executor.start({ planned }, event => events.push(event)));
    await expect.poll(() => slurm.calls).toEqual(['submit --array=0-3%2']);
    await expect.poll(() => events.filter(({ type }) => type === 'queued')).toHaveLength(4);
    const [name = ''] = await batchNames();
    expect(name).toMatch(/^strata-vgg-depth-[0-9a-f]{8}$/);
    expect((await readBatch(store, name)).jobs).toEqual(runs.map(planned => ({ planned })));

    const told = (index: number): string => batchFiles(store, name).told(index);
    tell(told(1), { type: 'attempt', job: '7_1', host: 'n1' });
    tell(told(1), { type: 'event', event: { type: 'began' } });
    tell(told(1), { type: 'outcome', outcome: { type: 'failed', reason: 'as it were' } });
    expect(await executions[1]?.outcome).toEqual({ type: 'failed', reason: 'as it were' });
    expect(events.at(-1)).toEqual({ type: 'began' });

    // One is cancelled by somebody while it waits, one dies, one ends.
    slurm.move(0, null);
    expect(await executions[0]?.outcome).toMatchObject({ type: 'cancelled' });
    tell(told(2), { type: 'attempt', job: '7_2', host: 'n1' });
    slurm.move(2, 'NODE_FAIL');
    expect(await executions[2]?.outcome).toMatchObject({ type: 'crashed', reason: /7_2 ended as NODE_FAIL/ });
    expect(await isOpen(executions[3] as Execution)).toBe(true);
    tell(told(3), { type: 'outcome', outcome: { type: 'tested' } });
    await executions[3]?.outcome;
    await executor.close();
    await expect.poll(() => readdir(join(store, 'slurm'))).toEqual([]);
    expect(slurm.calls).toHaveLength(1);
  });

  it('waits for a task that Slurm starts again, whatever the first attempt has said', async () => {
    const slurm = fakeSlurm();
    const executor = await slurmExecutor({ ...common, store, slurm });
    const execution = executor.start({ planned: runs[0] as (typeof runs)[0] }, () => {}) as Execution;
    await expect.poll(() => slurm.rows).toHaveLength(1);
    const file = batchFiles(store, (await batchNames())[0] ?? '').told(0);
    tell(file, { type: 'attempt', job: '7_0', host: 'n1' });
    tell(file, { type: 'outcome', outcome: { type: 'stopped' } });
    expect(await isOpen(execution)).toBe(true);
    tell(file, { type: 'attempt', job: '7_0', host: 'n2' });
    slurm.move(0, 'COMPLETED');
    tell(file, { type: 'outcome', outcome: { type: 'tested' } });
    expect(await execution.outcome).toEqual({ type: 'tested' });
    await executor.close();
  });

  it('takes back what waits, and cancels what is left when it is closed', async () => {
    const slurm = fakeSlurm();
    const executor = await slurmExecutor({ ...common, store, slurm });
    const [a, b] = runs.map(planned => executor.start({ planned }, () => {})) as [Execution, Execution];
    await expect.poll(() => slurm.rows).toHaveLength(4);
    a.stop();
    await expect.poll(() => slurm.calls).toContain('stop 7_0');
    slurm.move(0, null);
    expect(await a.outcome).toEqual({ type: 'stopped' });
    await executor.close();
    expect(slurm.calls.at(-1)).toBe('cancel 7_1 7_2 7_3');
    expect(await b.outcome).toEqual({ type: 'stopped' });
  });

  it.each([
    ['dead', true],
    ['living', false],
  ])('follows what a %s runner has queued, instead of queueing it again', async (_, isDead) => {
    const slurm = fakeSlurm();
    const owner = { ...thisProcess(), ...(isDead && { pid: 2 ** 22 + 1 }) };
    const jobs = runs.slice(0, 1).map(planned => ({ planned }));
    await writeBatch(store, 'strata-before-1', { owner, common, jobs });
    await slurm.submit('strata-before-1', ['--array=0-0'], '');
    const executor = await slurmExecutor({ ...common, store, slurm });
    const execution = executor.start(jobs[0] as (typeof jobs)[0], () => {}) as Execution;
    expect(await isOpen(execution)).toBe(true);
    expect(slurm.calls).toEqual(['submit --array=0-0']);
    execution.stop();
    if (isDead) {
      await expect.poll(() => slurm.calls).toContain('stop 7_0');
      slurm.move(0, null);
    }
    expect(await execution.outcome).toEqual({ type: 'stopped' });
    expect(slurm.calls.includes('stop 7_0')).toBe(isDead);
    await executor.close();
  });

  it('removes what a dead runner has left, once nothing of it is queued', async () => {
    const owner = { ...thisProcess(), pid: 2 ** 22 + 1 };
    await writeBatch(store, 'strata-before-1', { owner, common, jobs: [] });
    await slurmExecutor({ ...common, store, slurm: fakeSlurm() });
    expect(await batchNames()).toEqual([]);
  });

  it('passes on why Slurm refuses, and wants its commands', async () => {
    const message = 'Slurm has refused the jobs (sbatch: error: invalid partition specified: x).';
    const slurm = { ...fakeSlurm(), submit: () => Promise.reject(new UsageError(message)) };
    const executor = await slurmExecutor({ ...common, store, slurm });
    const execution = executor.start({ planned: runs[0] as (typeof runs)[0] }, () => {});
    expect(await execution?.outcome).toEqual({ type: 'refused', message });
    expect(await batchNames()).toEqual([]);
    await executor.close();

    const { PATH } = process.env;
    process.env.PATH = '/nowhere';
    try {
      await expect(slurmExecutor({ ...common, store, slurm: slurmCommands })).rejects.toThrow(
        /there is no sbatch here; .* --executor=local/,
      );
    } finally {
      process.env.PATH = PATH;
    }
  });
});
