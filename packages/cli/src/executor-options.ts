import { loadEngine } from '@strata/core/engine';
import { UsageError, unknownName } from '@strata/core/errors';
import type { Plan } from '@strata/experiments/plan';
import {
  choosePlaces,
  type DataSource,
  type Executor,
  inProcessExecutor,
  localExecutor,
  type Place,
  type SlurmOptions,
  slurmExecutor,
} from '@strata/experiments/runner';
import type { ResolvedPlan } from './experiment-options.js';
import type { OptionValues } from './options.js';
import { fromUser } from './paths.js';
import { summarisePlan } from './summarise-plan.js';

/** The options that decide where runs are trained. */
export const executorOptions = [
  'executor',
  'slots',
  'threads',
  'devices',
  'partition',
  'time-limit',
  'gres',
  'account',
  'slurm',
  'tensorboard',
] as const;
export type ExecutorOptions = OptionValues<(typeof executorOptions)[number] | 'data-dir'>;

const executors = {
  'in-process': async ({ plan, data, otherData, store }, { threads, tensorboard }) =>
    inProcessExecutor({
      store,
      data,
      otherData,
      engine: await loadEngine(plan.engine),
      tensorboard,
      ...(threads !== undefined && { threads }),
    }),
  local: async (resolved, values) => {
    const { plan, store } = resolved;
    const places = await placesFor(plan, store, values);
    const { tensorboard } = values;
    return localExecutor({ store, source: sourceOf(values), places, tensorboard });
  },
  slurm: async (resolved, values) => {
    const { plan, store } = resolved;
    const name = plan.experiment.name;
    return slurmExecutor({
      store,
      name,
      source: sourceOf(values),
      tensorboard: values.tensorboard,
      options: slurmOptions(plan, values),
    });
  },
} as const satisfies Record<
  string,
  (
    resolved: Pick<ResolvedPlan, 'plan' | 'data' | 'otherData' | 'store'>,
    values: ExecutorOptions,
  ) => Promise<Executor>
>;

/** @throws UsageError that names the nearest known executor. */
export async function openExecutor(
  resolved: Pick<ResolvedPlan, 'plan' | 'data' | 'otherData' | 'store'>,
  values: ExecutorOptions,
): Promise<Executor> {
  const names = Object.keys(executors) as (keyof typeof executors)[];
  const name = names.find(known => known === values.executor);
  if (!name) throw unknownName('executor', values.executor, names);
  const misplaced = ofSlurm.find(option => values[option] !== undefined);
  if (misplaced && name !== 'slurm') {
    throw new UsageError(`--${misplaced} is for a cluster; add --executor=slurm, or leave it out.`);
  }
  return executors[name](resolved, values);
}

/** The options that say something to Slurm alone. */
const ofSlurm = ['partition', 'time-limit', 'gres', 'account', 'slurm'] as const;

function sourceOf(values: ExecutorOptions): DataSource {
  const dataDir = values['data-dir'];
  return dataDir === undefined ? {} : { dataDir: fromUser(dataDir) };
}

const GPU_ENGINE = 'tensorflow-gpu';

function slurmOptions(plan: Plan, values: ExecutorOptions): SlurmOptions {
  const { slots, threads, devices, partition, account, slurm } = values;
  if (devices !== undefined) {
    throw new UsageError(
      `--devices=${devices}: on a cluster Slurm gives out the GPUs; say how many with --gres=gpu:1.`,
    );
  }
  const gres = values.gres ?? (plan.engine === GPU_ENGINE ? 'gpu:1' : undefined);
  const timeLimit = values['time-limit'];
  return {
    ...(partition !== undefined && { partition }),
    ...(account !== undefined && { account }),
    ...(gres !== undefined && { gres }),
    ...(timeLimit !== undefined && { timeLimit }),
    ...(threads !== undefined && { cpus: threads }),
    ...(slots !== 'auto' && { atATime: parseSlots(slots) }),
    ...(slurm && { extra: slurm }),
  };
}

async function placesFor(
  plan: Plan,
  store: string,
  { slots, threads, devices }: ExecutorOptions,
): Promise<readonly Place[]> {
  if (devices !== undefined && plan.engine !== GPU_ENGINE) {
    throw new UsageError(
      `--devices=${devices}: engine ${plan.engine} runs on the CPU; use --engine=${GPU_ENGINE}, or leave it out.`,
    );
  }
  const { runs: all, seconds } = await summarisePlan(plan, store);
  const open = all.filter(({ state }) => state !== 'done' && state !== 'diverged');
  const heaviest = open.toSorted((a, b) => b.seconds - a.seconds)[0]?.planned;
  return choosePlaces({
    runs: open.length,
    ...(heaviest && { measure: { planned: heaviest, seconds } }),
    ...slotsOf({ slots, threads }),
    ...(plan.engine === GPU_ENGINE && { devices: parseDevices(devices ?? '0') }),
  });
}

/** How many runs at a time and threads for each, where the user says so. */
export function slotsOf({ slots, threads }: Pick<ExecutorOptions, 'slots' | 'threads'>): {
  readonly slots?: number;
  readonly threads?: number;
} {
  return {
    ...(slots !== 'auto' && { slots: parseSlots(slots) }),
    ...(threads !== undefined && { threads }),
  };
}

function parseSlots(text: string): number {
  const slots = Number(text);
  if (Number.isInteger(slots) && slots > 0) return slots;
  throw new UsageError(`--slots=${text}: expected auto, or how many runs at a time (2).`);
}

function parseDevices(text: string): readonly string[] {
  const devices = text.split(',').filter(device => device !== '');
  if (devices.length > 0 && new Set(devices).size === devices.length) return devices;
  throw new UsageError(`--devices=${text}: expected different GPUs (0,1).`);
}
