import type { WriteStream } from 'node:tty';
import type { EpochEvent, TrainingEvent } from '@strata/core/training';
import type { Plan, PlannedRun } from '@strata/experiments/plan';
import type { RunnerEvent } from '@strata/experiments/runner';
import { formatDuration } from './print.js';

export interface Progress {
  readonly show: (event: RunnerEvent) => void;
  end(): void;
}

/** Shows a plan's runs as they go: a live line on a terminal, plain lines elsewhere, nothing without a stream. */
export function showProgress(
  plan: Plan,
  stream: Pick<WriteStream, 'write' | 'isTTY' | 'columns'> | null,
): Progress {
  if (!stream) return { show: () => {}, end: () => {} };
  const live = stream.isTTY ? liveLine(stream) : { set: () => {}, clear: () => {} };
  const places = new Map(plan.runs.map((run, i) => [run.id, i + 1]));
  const say = (line: string): void => {
    live.clear();
    stream.write(`${line}\n`);
  };
  const title = ({ id, variant, seed }: PlannedRun): string =>
    `[${places.get(id)}/${plan.runs.length}] ${variant}, seed ${seed}`;
  const clock = sweepClock(plan);
  const showTraining = (planned: PlannedRun, event: TrainingEvent): void => {
    if (event.type === 'start') {
      clock.begin(planned, event.resumedFromStep);
      if (event.resumedFromStep > 0) say(`${title(planned)}: going on from step ${event.resumedFromStep}`);
    } else if (event.type === 'step') {
      const { step, loss, top1Error, imagesPerSecond } = event;
      clock.at(planned, step);
      const speed = `${Math.round(imagesPerSecond)} img/s`;
      // What matters most stands first: a narrow terminal cuts the rest.
      live.set(
        `${title(planned)} ${bar(step / planned.steps)} ${formatDuration(clock.left())} left, loss ${loss.toFixed(2)}, error ${top1Error.toFixed(0)} %, ${speed}`,
      );
    } else if (event.type === 'epoch' && !stream.isTTY)
      say(`${title(planned)}: ${epochLine(event, planned)}`);
  };

  return {
    show(event) {
      const { planned } = event;
      switch (event.type) {
        case 'queued':
          say(`${title(planned)}: ${event.as}`);
          break;
        case 'began':
          if (!stream.isTTY) say(`${title(planned)}: ${planned.steps} steps`);
          break;
        case 'training':
          showTraining(planned, event.event);
          break;
        case 'testing':
          live.set(`${title(planned)} testing`);
          break;
        case 'waiting':
          say(`${title(planned)}: trained elsewhere, ${event.by}; waiting for it`);
          break;
        case 'retrying':
          say(`${title(planned)}: ${event.reason}; trying again`);
          break;
        case 'ended':
          clock.at(planned, planned.steps);
          say(
            `${title(planned)}: ${event.result.state} in ${formatDuration(event.result.seconds)}, training loss ${event.result.trainLoss.toFixed(3)}`,
          );
          break;
        case 'reused':
          clock.skip(planned);
          say(`${title(planned)}: ${event.result.state} before`);
          break;
        case 'failed':
          clock.skip(planned);
          say(`${title(planned)}: failed: ${event.reason}`);
          break;
      }
    },
    end() {
      live.clear();
      if (plan.runs.length > 0) stream.write('\n');
    },
  };
}

function epochLine(event: EpochEvent, planned: PlannedRun): string {
  const test = event.test ? `, test error ${event.test.top1Error.toFixed(1)} %` : '';
  return `epoch ${event.epoch}/${planned.run.recipe.epochs}: loss ${event.trainLoss.toFixed(3)}, training error ${event.trainTop1Error.toFixed(1)} %${test}`;
}

function bar(fraction: number, width = 12): string {
  const filled = Math.round(fraction * width);
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
}

function liveLine(stream: Pick<WriteStream, 'write' | 'columns'>): {
  set(text: string): void;
  clear(): void;
} {
  // Cut to the width of this moment: a longer line would wrap, and could not be overwritten.
  return {
    set: text => stream.write(`\r\x1b[2K${text.slice(0, Math.max(1, (stream.columns ?? 80) - 1))}`),
    clear: () => stream.write('\r\x1b[2K'),
  };
}

interface SweepClock {
  begin(planned: PlannedRun, step: number): void;
  at(planned: PlannedRun, step: number): void;
  /** Nothing is left to do of this run. */
  skip(planned: PlannedRun): void;
  /** Seconds until all is done. */
  left(): number;
}

/** Goes by the multiply-adds that were done since the first step, however many runs are under way. */
function sweepClock(plan: Plan): SweepClock {
  const costOf = ({ multiplyAdds, run }: PlannedRun): number => multiplyAdds * run.recipe.batchSize;
  const left = new Map(plan.runs.map(run => [run, costOf(run) * run.steps]));
  const total = (): number => [...left.values()].reduce((sum, cost) => sum + cost, 0);
  let started: { readonly time: number; readonly total: number } | undefined;
  const set = (planned: PlannedRun, step: number): number => {
    const before = left.get(planned) ?? 0;
    const after = costOf(planned) * (planned.steps - step);
    left.set(planned, after);
    return before - after;
  };
  const forget = (cost: number): void => {
    if (started) started = { ...started, total: started.total - cost };
  };
  return {
    begin(planned, step) {
      forget(set(planned, step));
      started ??= { time: performance.now(), total: total() };
    },
    at: set,
    skip: planned => forget(set(planned, planned.steps)),
    left() {
      if (!started) return 0;
      const rest = total();
      const elapsed = (performance.now() - started.time) / 1000;
      return (elapsed * rest) / (started.total - rest);
    },
  };
}
