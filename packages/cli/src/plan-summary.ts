import { describeProtocol, viewCount } from '@strata/core/training';
import {
  ASSUMED_GPU,
  ensemblesAt,
  evaluationsAt,
  gpuHours,
  type Plan,
  type PlannedEvaluation,
  type PlannedRun,
  processBytes,
} from '@strata/experiments/plan';
import type { RunState } from '@strata/experiments/store';
import { formatBytes, formatCount, formatDuration, formatTable } from './print.js';

export interface PlanSummary {
  readonly runs: readonly {
    readonly planned: PlannedRun;
    readonly state: RunState;
    /** Of a run alone: estimated for what is to be trained, measured for what is done. */
    readonly seconds: number;
  }[];
  /** Until all that is still to be trained is over, so many runs at a time. */
  readonly seconds: number;
  readonly slots: number;
}

export function planDocument(plan: Plan, { runs, seconds, slots }: PlanSummary): object {
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
      bytes: processBytes(planned),
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
    slots,
    gpu: { ...ASSUMED_GPU, hours: gpuHoursOf(plan) },
  };
}

function gpuHoursOf({ runs }: Plan): number {
  return runs.reduce((sum, planned) => sum + gpuHours(planned), 0);
}

/** What all runs would take on a GPU, and what that assumes; for profiles that are made for one. */
export function gpuLine(plan: Plan): string {
  if (plan.profileName !== 'paper') return '';
  const { name, teraflops, share } = ASSUMED_GPU;
  return `All of it: about ${formatCount(Math.max(1, Math.round(gpuHoursOf(plan))))} GPU-hours, if an ${name} reaches ${100 * share} % of its ${teraflops} TFLOP/s in 32-bit floats.`;
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
  const measured = experiment.measuresResponses
    ? ['Measured: the responses of layers to one batch of clean training images.']
    : [];
  return [...ways, ...together, ...measured].join('\n');
}

/** One line on what is run, and one on why the data are not those of the profile. */
export function planHeadline(plan: Plan): string {
  const { experiment, profileName, profile, data, engine, runs } = plan;
  const count = `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`;
  const first = `${experiment.name}, profile ${profileName}: ${count} on ${data.name}, engine ${engine}`;
  return [first, profile.purpose, ...(data.note ? [data.note] : [])].join('\n');
}

export function planTable({ runs, seconds, slots }: PlanSummary): string {
  const rows = runs.map(({ planned, state, seconds }) => [
    planned.variant,
    `${planned.seed}`,
    planned.id,
    formatCount(planned.parameters),
    formatCount(planned.multiplyAdds),
    formatBytes(processBytes(planned)),
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
      : `To train: ${open}, ${slots} at a time, about ${formatDuration(seconds)} on this machine.`;
  return `${formatTable(header, rows, [1, 3, 4, 5, 6, 7])}\n\n${rest}`;
}
