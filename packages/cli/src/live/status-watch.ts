import type { Output } from '../progress.js';
import { changeLines } from './change-lines.js';
import { frameLines } from './frame.js';
import { isLive } from './is-live.js';
import { liveScreen } from './live-screen.js';
import { coloured, plain } from './paint.js';
import type { Sweep } from './time-left.js';

/**
 * Shows a store as others fill it: the live table on a terminal, what changes as lines elsewhere; at the end how it stands.
 */
export async function showSweeps(
  sweeps: AsyncIterable<Sweep>,
  { stdout, stderr, env }: Output,
): Promise<void> {
  const write = (line: string): void => void stdout.write(`${line}\n`);
  const isPicture = isLive(stderr, env) && stdout.isTTY;
  const last = isPicture ? await showLive(sweeps, stderr) : await showLines(sweeps, write);
  if (last.rows.length === 0) return write('No run is planned or under way.');
  const width = isPicture ? stderr.columns - 1 : 100;
  const view = { width, height: last.rows.length + 3, now: Date.now(), paint: plain };
  for (const line of frameLines(last, view)) write(line);
}

const nothing: Sweep = { rows: [], began: null, expectedSeconds: 0 };

async function showLive(sweeps: AsyncIterable<Sweep>, terminal: Output['stderr']): Promise<Sweep> {
  const paint = terminal.hasColors() ? coloured : plain;
  let shown = nothing;
  const screen = liveScreen(terminal, size => frameLines(shown, { ...size, now: Date.now(), paint }));
  try {
    for await (const sweep of sweeps) {
      shown = sweep;
      screen.update();
    }
  } finally {
    screen.end();
  }
  return shown;
}

async function showLines(sweeps: AsyncIterable<Sweep>, write: (line: string) => void): Promise<Sweep> {
  let seen = nothing;
  for await (const sweep of sweeps) {
    for (const line of changeLines(seen.rows, sweep.rows)) write(line);
    seen = sweep;
  }
  return seen;
}
