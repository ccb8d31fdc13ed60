import type { WriteStream } from 'node:tty';
import stringWidth from 'string-width';
import { plainText } from './fit-text.js';

export type Terminal = Pick<WriteStream, 'write' | 'columns' | 'rows' | 'on' | 'off'>;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface LiveScreen {
  /** What is shown has changed. */
  update(): void;
  /** Writes a line that stays, above the picture. */
  say(line: string): void;
  /** Takes the picture away. */
  end(): void;
}

/** Redrawn at most so often, and at least once a second: time passes in it. */
const LEAST_MS = 100;
const TICK_MS = 1000;

/* ECMA-48 and xterm control sequences. A terminal that knows synchronised updates shows each picture whole. */
const ESC = '\x1b[';
const HIDE_CURSOR = `${ESC}?25l`;
const SHOW_CURSOR = `${ESC}?25h`;
const BEGIN_UPDATE = `${ESC}?2026h`;
const END_UPDATE = `${ESC}?2026l`;
const CLEAR_LINE = `${ESC}K`;
const CLEAR_BELOW = `${ESC}J`;

/**
 * Keeps a picture of several lines at the bottom of what was written to a terminal. It is drawn over itself line by
 * line, never cleared first; the cursor rests hidden on the line below it, and is shown again however the process ends.
 */
export function liveScreen(terminal: Terminal, draw: (size: Size) => readonly string[]): LiveScreen {
  let shown: { readonly lines: readonly string[]; readonly width: number } = { lines: [], width: 0 };
  let drawn = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const size = (): Size => ({ width: terminal.columns || 80, height: terminal.rows || 24 });

  /** Up to the first line of the picture. Made narrower, a terminal breaks its lines into several. */
  const toTop = (): string => {
    const { width } = size();
    const lines = shown.lines.reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(stringWidth(line) / width)),
      0,
    );
    const start = lines > 0 ? `\r${ESC}${lines}A` : '\r';
    return width === shown.width ? start : start + CLEAR_BELOW;
  };
  const paint = (before: string): void => {
    clearTimeout(timer);
    timer = undefined;
    if (isOver) return;
    const { width, height } = size();
    // The last column stays free, for terminals that break a full line at once; the last line is the cursor's.
    const lines = draw({ width: width - 1, height: height - 1 });
    const picture = lines.map(line => `${line}${CLEAR_LINE}\n`).join('');
    terminal.write(`${BEGIN_UPDATE}${HIDE_CURSOR}${toTop()}${before}${picture}${CLEAR_BELOW}${END_UPDATE}`);
    shown = { lines, width };
    drawn = performance.now();
  };
  const redraw = (): void => paint('');
  const update = (): void => {
    const wait = drawn + LEAST_MS - performance.now();
    if (wait <= 0) redraw();
    else timer ??= setTimeout(redraw, wait).unref();
  };
  const showCursor = (): void => void terminal.write(SHOW_CURSOR);
  const ticker = setInterval(redraw, TICK_MS).unref();
  terminal.on('resize', update);
  process.on('exit', showCursor);

  return {
    update,
    say: line => paint(`${CLEAR_BELOW}${plainText(line)}\n`),
    end() {
      if (isOver) return;
      isOver = true;
      clearInterval(ticker);
      clearTimeout(timer);
      terminal.off('resize', update);
      process.off('exit', showCursor);
      terminal.write(`${toTop()}${CLEAR_BELOW}${SHOW_CURSOR}`);
    },
  };
}
