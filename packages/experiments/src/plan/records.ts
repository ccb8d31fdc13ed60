import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode, UsageError } from '@strata/core/errors';
import { z } from 'zod';
import { type Experiment, experiments, type Profile, profileNames } from '../catalog/index.js';
import { planFile, plansFolder, writeAtomically } from '../store/index.js';
import { planIdentity } from './identity.js';
import { type Plan, planExperiment } from './plan.js';

/** A plan that was run on a store, and the command that asked for it. */
export interface PlanRecord {
  readonly plan: Plan;
  readonly command: string;
}

const recordSchema = z.object({
  experiment: z.string(),
  /** Of an experiment that the catalog does not have: a user's own. */
  definition: z.looseObject({ name: z.string() }).optional(),
  profileName: z.enum(profileNames),
  profile: z.looseObject({ seeds: z.number() }),
  data: z.looseObject({ name: z.string(), checksum: z.string() }),
  otherData: z.record(z.string(), z.looseObject({ name: z.string(), checksum: z.string() })).optional(),
  engine: z.string(),
  seeds: z.array(z.number()),
  only: z.array(z.string()).optional(),
  command: z.string(),
});

/**
 * Keeps what a plan was made from, so that the store itself can say which runs belong to which table. A later plan of
 * the same settings takes the earlier one's place.
 */
export async function recordPlan(store: string, plan: Plan, command: string): Promise<void> {
  const { experiment, profileName, profile, data, otherData, engine, seeds, only } = plan;
  const settings = { profileName, profile, data, otherData, engine, seeds, only };
  const own = !experiments.includes(experiment) && { definition: experiment };
  const record = { experiment: experiment.name, ...own, ...settings, command };
  const id = planIdentity(plan).slice(0, 20);
  await writeAtomically(planFile(store, id), `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * Every plan that was run on a store, in the order of the catalog, users' own first, then of the profiles. Left out are records that do
 * not fit this version: of an experiment that is gone, or with settings that can no longer be planned.
 */
export async function readPlanRecords(store: string): Promise<readonly PlanRecord[]> {
  const records: PlanRecord[] = [];
  for (const file of await namesIn(plansFolder(store))) {
    const record = planOf(await readFile(join(plansFolder(store), file), 'utf8'));
    if (record) records.push(record);
  }
  const place = ({ plan }: PlanRecord): number =>
    experiments.indexOf(plan.experiment) * profileNames.length + profileNames.indexOf(plan.profileName);
  return records.sort((a, b) => place(a) - place(b));
}

function planOf(text: string): PlanRecord | undefined {
  const parsed = recordSchema.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const experiment =
    experiments.find(({ name }) => name === parsed.data.experiment) ??
    (parsed.data.definition as unknown as Experiment | undefined);
  if (!experiment) return undefined;
  const { profileName, data, otherData, engine, seeds, only, command } = parsed.data;
  try {
    const plan = planExperiment({
      experiment,
      profileName,
      // As `recordPlan` wrote them; what no longer fits is refused by the planning.
      profile: parsed.data.profile as unknown as Profile,
      data: data as unknown as Plan['data'],
      ...(otherData && { otherData: otherData as unknown as NonNullable<Plan['otherData']> }),
      engine,
      seeds,
      ...(only && { only }),
    });
    return { plan, command };
  } catch (error) {
    if (error instanceof UsageError || error instanceof TypeError) return undefined;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter(name => name.endsWith('.json')).sort();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
