import type { EpochEvent, TrainingEvent } from '@strata/core/training';
import type { PlannedRun } from '@strata/experiments/plan';
import type { RunnerEvent } from '@strata/experiments/runner';
import { formatDuration, formatNumber } from '../print.js';

/** The line that an event is worth in a log, without the name of its run; undefined for the many that are not. */
export function eventLine({ planned, ...event }: RunnerEvent): string | undefined {
  switch (event.type) {
    case 'queued':
      return event.as;
    case 'began':
      return `${planned.steps} steps`;
    case 'training':
      return trainingLine(planned, event.event);
    case 'testing':
      return undefined;
    case 'waiting':
      return `trained elsewhere, ${event.by}; waiting for it`;
    case 'retrying':
      return `${event.reason}; trying again`;
    case 'ended': {
      const { state, seconds, trainLoss } = event.result;
      return `${state} in ${formatDuration(seconds)}, training loss ${formatNumber(trainLoss, 3)}`;
    }
    case 'reused':
      return `${event.result.state} before`;
    case 'failed':
      return `failed: ${event.reason}`;
  }
}

function trainingLine(planned: PlannedRun, event: TrainingEvent): string | undefined {
  if (event.type === 'start' && event.resumedFromStep > 0)
    return `going on from step ${event.resumedFromStep}`;
  return event.type === 'epoch' ? epochLine(event, planned.run.recipe.epochs) : undefined;
}

function epochLine({ epoch, trainLoss, trainTop1Error, test }: EpochEvent, epochs: number): string {
  const tested = test ? `, test error ${test.top1Error.toFixed(1)} %` : '';
  return `epoch ${epoch}/${epochs}: loss ${formatNumber(trainLoss, 3)}, training error ${trainTop1Error.toFixed(1)} %${tested}`;
}
