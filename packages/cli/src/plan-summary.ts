import { describeProtocol, viewCount } from '@strata/core/training';
import {
  ensemblesAt,
  estimateSeconds,
  evaluationsAt,
  type Plan,
  type PlannedEvaluation,
  type PlannedRun,
  trainingRate,
} from '@strata/experiments/plan';
import { type RunState, type RunStatus, runStatus } from '@strata/experiments/store';
import { formatBytes, formatCount, formatDuration, formatTable } from './print.js';

export interface PlanSummary {
  readonly runs: readonly {
    readonly planned: PlannedRun;
    readonly state: RunState;
    /** Estimated for what is to be trained, measured for what is done. */
    readonly seconds: number;
  }[];
  /** Estimated for all that is still to be trained. */
  readonly seconds: number;
}

/** What a plan will do on this store, before anything runs. */
export async function summarisePlan(plan: Plan, store: string): Promise<PlanSummary> {
  const statuses: RunStatus[] = await Promise.all(plan.runs.map(({ id }) => runStatus(store, id)));
  const finished = plan.runs.flatMap((planned, i) => {
    const result = statuses[i]?.result;
    return result ? [{ planned, imagesPerSecond: result.imagesPerSecond }] : [];
  });
  const rate = trainingRate(plan.engine, finished);
  const runs = plan.runs.map((planned, i) => ({
    planned,
    state: statuses[i]?.state ?? 'planned',
    seconds: statuses[i]?.result?.seconds ?? estimateSeconds(planned, rate),
  }));
  const open = runs.filter(({ state }) => state !== 'done' && state !== 'diverged');
  return { runs, seconds: open.reduce((sum, run) => sum + run.seconds, 0) };
}

export function planDocument(plan: Plan, { runs, seconds }: PlanSummary): object {
  return {
    experiment: plan.experiment.name,
    profile: plan.profileName,
    dataset: plan.data.name,
    note: plan.data.note,
    engine: plan.engine,
    runs: runs.map(({ planned, state, seconds }) => ({
      id: planned.id,
      variant: planned.variant,
      seed: planned.seed,
      parameters: planned.parameters,
      multiplyAdds: planned.multiplyAdds,
      bytes: planned.trainingBytes,
      steps: planned.steps,
      parents: planned.run.parents.map(parent => parent.run),
      evaluations: planned.evaluations.map(evaluationDocument),
      seconds,
      state,
    })),
    ensembles: plan.ensembles.map(({ ensemble, seeds, runs, evaluations }) => ({
      name: ensemble.name,
      variants: ensemble.variants,
      seeds,
      runs: runs.map(({ id }) => id),
      evaluations: evaluations.map(evaluationDocument),
    })),
    seconds,
  };
}

/** One way of testing, with how many passes it makes over an image. */
export function evaluationDocument({ id, definition }: PlannedEvaluation): object {
  const { name, split, protocol } = definition;
  return { id, name, split, protocol, views: viewCount(protocol) };
}

/** How the networks are tested, one line each: `test: whole image`, `train: …`. */
export function testLines({ experiment, profile, ensembles }: Plan): string {
  const ways = evaluationsAt(experiment, profile).map(({ name, protocol, split, of }) => {
    const views = viewCount(protocol);
    const which = of ? ` (${of.join(', ')})` : '';
    return `Tested ${name}${which}: ${describeProtocol(protocol)}, ${split} images, ${views} ${views === 1 ? 'view' : 'views'} each.`;
  });
  const together = ensemblesAt(experiment, profile).map(({ name, variants, seeds }) => {
    const groups = ensembles.filter(({ ensemble }) => ensemble.name === name).length;
    return `Tested together: ${name}, ${seeds} of ${variants.join(', ')} each, ${groups === 0 ? 'for which too little is planned' : `${groups} times`}.`;
  });
  return [...ways, ...together].join('\n');
}

/** One line on what is run, and one on why the data are not those of the profile. */
export function planHeadline(plan: Plan): string {
  const { experiment, profileName, profile, data, engine, runs } = plan;
  const count = `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`;
  const first = `${experiment.name}, profile ${profileName}: ${count} on ${data.name}, engine ${engine}`;
  return [first, profile.purpose, ...(data.note ? [data.note] : [])].join('\n');
}

export function planTable({ runs, seconds }: PlanSummary): string {
  const rows = runs.map(({ planned, state, seconds }) => [
    planned.variant,
    `${planned.seed}`,
    planned.id,
    formatCount(planned.parameters),
    formatCount(planned.multiplyAdds),
    formatBytes(planned.trainingBytes),
    formatCount(planned.steps),
    `${state === 'done' ? '' : 'about '}${formatDuration(seconds)}`,
    state,
  ]);
  const header = [
    'variant',
    'seed',
    'run',
    'parameters',
    'multiply-adds',
    'memory',
    'steps',
    'time',
    'state',
  ];
  const open = runs.filter(({ state }) => state !== 'done' && state !== 'diverged').length;
  const rest =
    open === 0
      ? 'All of it is done.'
      : `To train: ${open}, about ${formatDuration(seconds)} on this machine.`;
  return `${formatTable(header, rows, [1, 3, 4, 5, 6, 7])}\n\n${rest}`;
}
