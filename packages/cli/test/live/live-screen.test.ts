import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { liveScreen, type Size, type Terminal } from '../../src/live/live-screen.js';

/** As much of a terminal as the picture needs: one that breaks its lines anew when its width changes. */
function modelTerminal(columns: number, rows: number) {
  let lines: string[] = [''];
  let cursor = { line: 0, column: 0 };
  let isCursorShown = true;
  let writes = 0;
  const emitter = new EventEmitter();

  const control = (count: number, kind: string): void => {
    if (kind === 'A') cursor.line = Math.max(0, lines.length - rows, cursor.line - count);
    if (kind === 'K') lines[cursor.line] = (lines[cursor.line] ?? '').slice(0, cursor.column);
    if (kind === 'J') {
      lines = lines.slice(0, cursor.line + 1);
      control(0, 'K');
    }
  };
  const put = (text: string): void => {
    const old = lines[cursor.line] ?? '';
    lines[cursor.line] =
      old.slice(0, cursor.column).padEnd(cursor.column) + text + old.slice(cursor.column + 1);
    cursor.column++;
  };
  const write = (text: string): boolean => {
    writes++;
    for (const [part, , count, kind = '', mode] of text.matchAll(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      /(\x1b\[(?:(\d*)([AKJ])|\?(\d+)[hl]))|[\s\S]/g,
    )) {
      if (kind !== '') control(Number(count || 1), kind);
      else if (mode === '25') isCursorShown = part.endsWith('h');
      else if (part === '\r') cursor.column = 0;
      else if (part === '\n') {
        cursor = { line: cursor.line + 1, column: 0 };
        lines[cursor.line] ??= '';
      } else if (part.length === 1) put(part);
    }
    return true;
  };
  return {
    terminal: Object.assign(emitter, { write, columns, rows }) as unknown as Terminal & { columns: number },
    get text() {
      return lines.join('\n').trimEnd();
    },
    get isCursorShown() {
      return isCursorShown;
    },
    get writes() {
      return writes;
    },
    resize(width: number) {
      const broken = lines.map(line => line.match(new RegExp(`.{1,${width}}`, 'g')) ?? ['']);
      cursor.line = broken.slice(0, cursor.line).flat().length;
      lines = broken.flat();
      Object.assign(this.terminal, { columns: width });
      emitter.emit('resize');
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a live picture', () => {
  const picture = ({ width }: Size): readonly string[] => ['first', '='.repeat(width)];

  it('stays below what is said, and is drawn over itself', () => {
    const model = modelTerminal(10, 24);
    model.terminal.write('before\n');
    let count = 0;
    const screen = liveScreen(model.terminal, () => [`${count++}`, 'b']);
    screen.update();
    expect(model.text).toBe('before\n0\nb');
    expect(model.isCursorShown).toBe(false);
    screen.say('\x1b[31mword\n');
    expect(model.text).toBe('before\nword\n1\nb');
    vi.advanceTimersByTime(1000);
    expect(model.text).toBe('before\nword\n2\nb');
    screen.end();
    expect(model.text).toBe('before\nword');
    expect(model.isCursorShown).toBe(true);
  });

  it('becomes shorter without leaving anything', () => {
    const model = modelTerminal(10, 24);
    let lines = ['one', 'two', 'three'];
    const screen = liveScreen(model.terminal, () => lines);
    screen.update();
    lines = ['1'];
    vi.advanceTimersByTime(1000);
    expect(model.text).toBe('1');
    screen.end();
  });

  it('survives that the terminal is made narrower and wider', () => {
    const model = modelTerminal(40, 24);
    model.terminal.write('before\n');
    const screen = liveScreen(model.terminal, picture);
    screen.update();
    for (const width of [15, 7, 30, 12]) {
      model.resize(width);
      vi.advanceTimersByTime(100);
      expect(model.text.replace('before\n', '')).toBe(`first\n${'='.repeat(width - 1)}`);
    }
    screen.end();
    expect(model.text).toBe('before');
  });

  it('is drawn ten times a second at most, however often it changes', () => {
    const model = modelTerminal(40, 24);
    const screen = liveScreen(model.terminal, picture);
    for (let i = 0; i < 1000; i++) {
      screen.update();
      vi.advanceTimersByTime(2);
    }
    expect(model.writes).toBeGreaterThan(15);
    expect(model.writes).toBeLessThanOrEqual(21);
    screen.end();
  });

  it('gives the cursor back when the process ends without it', () => {
    const model = modelTerminal(40, 24);
    const others = process.listeners('exit');
    const screen = liveScreen(model.terminal, picture);
    screen.update();
    const [atExit] = process.listeners('exit').filter(listener => !others.includes(listener));
    atExit?.(1);
    expect(model.isCursorShown).toBe(true);
    screen.end();
    expect(process.listeners('exit')).toEqual(others);
  });
});
