import type { CollectedRun, ExperimentResults } from '@strata/experiments/collect';

/** A run on its way. Null is not known yet. */
export interface LiveRun {
  readonly variant: string;
  readonly seed: number;
  readonly state: CollectedRun['state'];
  /** Steps that are over, of how many. */
  readonly step: number;
  readonly steps: number | null;
  /** Of the last reported batch, as trained on. */
  readonly loss: number | null;
  readonly imagesPerSecond: number | null;
  /** In percent, where the test images were last looked at. */
  readonly testError: number | null;
}

/** Every planned run of a table as its events tell. */
export function liveRuns({ variants }: ExperimentResults): readonly LiveRun[] {
  return variants.flatMap(({ name, runs }) => runs.map(run => liveRun(name, run)));
}

function liveRun(variant: string, { seed, state, events, test }: CollectedRun): LiveRun {
  const start = events.findLast(event => event.type === 'start');
  const last = events.findLast(event => 'step' in event);
  const step = events.findLast(event => event.type === 'step');
  const epoch = events.findLast(event => event.type === 'epoch' && event.test !== undefined);
  const looked = epoch?.type === 'epoch' ? (epoch.test?.top1Error ?? null) : null;
  return {
    variant,
    seed,
    state,
    step: last && 'step' in last ? last.step : 0,
    steps: start?.type === 'start' ? start.steps : null,
    loss: step?.type === 'step' ? finite(step.loss) : null,
    imagesPerSecond: step?.type === 'step' ? finite(step.imagesPerSecond) : null,
    testError: test?.top1Error ?? looked,
  };
}

/** JSON has no NaN: a loss that overflowed is null. */
function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
