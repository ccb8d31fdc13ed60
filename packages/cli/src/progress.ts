import type { WriteStream } from 'node:tty';
import type { EpochEvent } from '@strata/core/training';
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
  const steps = plan.runs.reduce((sum, run) => sum + run.steps, 0);
  const eta = etaClock(plan);

  return {
    show(event) {
      const { planned } = event;
      switch (event.type) {
        case 'began':
          if (!stream.isTTY) say(`${title(planned)}: ${planned.steps} steps`);
          break;
        case 'training':
          if (event.event.type === 'step') {
            const { step, loss, top1Error, imagesPerSecond } = event.event;
            const speed = `${Math.round(imagesPerSecond)} img/s`;
            const left = formatDuration(eta(planned, step));
            // What matters most stands first: a narrow terminal cuts the rest.
            live.set(
              `${title(planned)} ${bar(step / planned.steps)} ${left} left, loss ${loss.toFixed(2)}, error ${top1Error.toFixed(0)} %, ${speed}`,
            );
          } else if (event.event.type === 'epoch' && !stream.isTTY) say(epochLine(event.event, planned));
          break;
        case 'testing':
          live.set(`${title(planned)} testing`);
          break;
        case 'ended':
          say(
            `${title(planned)}: ${event.result.state} in ${formatDuration(event.result.seconds)}, training loss ${event.result.trainLoss.toFixed(3)}`,
          );
          break;
        case 'reused':
          say(`${title(planned)}: ${event.result.state} before`);
          break;
        case 'failed':
          say(`${title(planned)}: failed: ${event.reason}`);
          break;
      }
    },
    end() {
      live.clear();
      if (steps > 0) stream.write('\n');
    },
  };
}

function epochLine(event: EpochEvent, planned: PlannedRun): string {
  const test = event.test ? `, test error ${event.test.top1Error.toFixed(1)} %` : '';
  return `  epoch ${event.epoch}/${planned.run.recipe.epochs}: loss ${event.trainLoss.toFixed(3)}, training error ${event.trainTop1Error.toFixed(1)} %${test}`;
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

/** Seconds left in the plan, from the multiply-adds that are done since the first step. */
function etaClock(plan: Plan): (planned: PlannedRun, step: number) => number {
  const cost = (run: PlannedRun, steps: number): number => run.multiplyAdds * steps;
  const started = performance.now();
  let before = 0;
  let current: { planned: PlannedRun; step: number } | undefined;
  return (planned, step) => {
    if (current && current.planned !== planned) before += cost(current.planned, current.step);
    current = { planned, step };
    const done = before + cost(planned, step);
    const index = plan.runs.indexOf(planned);
    const ahead = plan.runs.slice(index + 1).reduce((sum, run) => sum + cost(run, run.steps), 0);
    const left = cost(planned, planned.steps - step) + ahead;
    return ((performance.now() - started) / 1000) * (left / done);
  };
}
