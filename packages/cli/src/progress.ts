import type { WriteStream } from 'node:tty';
import type { Plan, PlannedRun } from '@strata/experiments/plan';
import { orderRuns, type RunnerEvent } from '@strata/experiments/runner';
import { frameLines } from './live/frame.js';
import { isLive } from './live/is-live.js';
import { liveScreen, type Terminal } from './live/live-screen.js';
import { coloured, plain } from './live/paint.js';
import { eventLine } from './live/plain-lines.js';
import { afterEvent, type RunRow, waitingRow } from './live/run-row.js';
import { type Sweep, secondsLeft } from './live/time-left.js';
import { formatDuration } from './print.js';

export interface Progress {
  show(event: RunnerEvent): void;
  say(line: string): void;
  end(): void;
}

/** The streams of this process, and what it was told of the terminal. */
export interface Output {
  readonly stdout: Pick<WriteStream, 'write' | 'isTTY'>;
  readonly stderr: Terminal & Pick<WriteStream, 'isTTY' | 'hasColors'>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A plan, how many seconds each of its runs is expected to train, and how many all that are open. */
export interface ExpectedPlan {
  readonly plan: Plan;
  readonly cost: (planned: PlannedRun) => number;
  readonly seconds: number;
}

/**
 * Shows a plan's runs as they go: a live table on a terminal, plain lines elsewhere. The table is drawn on the error
 * output, so that with `json` it may be there too; plain lines are not.
 */
export function showProgress(expected: ExpectedPlan, json: boolean, output: Output): Progress {
  const { stdout, stderr, env } = output;
  // Where the standard output goes into a file, its reader wants the lines.
  if (isLive(stderr, env) && (json || stdout.isTTY)) return liveProgress(sweepOf(expected), stderr);
  const write = json ? () => {} : (line: string): void => void stdout.write(`${line}\n`);
  const say = (line: string): void => void stderr.write(`${line}\n`);
  return plainProgress(sweepOf(expected), expected.plan, { write, say });
}

interface LiveSweep extends Sweep {
  take(event: RunnerEvent): RunRow | undefined;
}

/** Rows stand in the order in which the runner starts them. */
function sweepOf({ plan, cost, seconds }: ExpectedPlan): LiveSweep {
  const { runs } = orderRuns(plan.runs, cost);
  const rows = new Map(runs.map(run => [run.id, waitingRow(run, cost(run))]));
  let began: number | null = null;
  return {
    get rows() {
      return [...rows.values()];
    },
    get began() {
      return began;
    },
    expectedSeconds: seconds,
    take(event) {
      const row = rows.get(event.planned.id);
      if (!row) return undefined;
      const now = performance.now();
      if (event.type === 'began') began ??= now;
      const after = afterEvent(row, event, now);
      rows.set(row.id, after);
      return after;
    },
  };
}

/** What the table cannot tell stays as a line above it. */
const LASTING: readonly RunnerEvent['type'][] = ['failed', 'retrying'];

function liveProgress(sweep: LiveSweep, terminal: Output['stderr']): Progress {
  const paint = terminal.hasColors() ? coloured : plain;
  const screen = liveScreen(terminal, size => frameLines(sweep, { ...size, now: performance.now(), paint }));
  return {
    show(event) {
      const row = sweep.take(event);
      const line = LASTING.includes(event.type) ? eventLine(event) : undefined;
      if (row && line !== undefined) screen.say(`${row.name}: ${line}`);
      else screen.update();
    },
    say: screen.say,
    end: screen.end,
  };
}

function plainProgress(
  sweep: LiveSweep,
  { runs }: Plan,
  { write, say }: Readonly<Record<'write' | 'say', (line: string) => void>>,
): Progress {
  const places = new Map(runs.map(({ id }, i) => [id, i + 1]));
  return {
    show(event) {
      const row = sweep.take(event);
      const line = eventLine(event);
      if (!row || line === undefined) return;
      write(`[${places.get(row.id)}/${runs.length}] ${row.name}: ${line}${leftAfter(event, sweep)}`);
    },
    say,
    end: () => {
      if (runs.length > 0) write('');
    },
  };
}

function leftAfter({ type }: RunnerEvent, sweep: Sweep): string {
  const seconds = type === 'ended' ? secondsLeft(sweep, performance.now()) : null;
  return seconds === null || seconds === 0 ? '' : `; about ${formatDuration(seconds)} left`;
}
