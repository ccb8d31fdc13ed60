import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { frameLines } from '../../src/live/frame.js';
import { coloured, plain } from '../../src/live/paint.js';
import { anyRows, row } from './rows.js';

const rows = [
  row({
    state: 'done',
    step: 10,
    loss: 1.234,
    trainError: 30,
    testError: 41,
    imagesPerSecond: 1400,
    seconds: 80,
  }),
  row({
    id: 'b',
    name: 'A-LRN, seed 0',
    state: 'running',
    step: 5,
    from: { step: 0, time: 0 },
    loss: 2.3,
    trainError: 88.4,
    imagesPerSecond: 1234,
  }),
  row({
    id: 'c',
    name: 'B, seed 0',
    state: 'failed',
    note: 'its process was killed by SIGKILL: out of memory',
  }),
  row({ id: 'd', name: 'C, seed 0' }),
];
const sweep = { rows, began: 0, expectedSeconds: 0 };
const at = (width: number, height: number) =>
  frameLines(sweep, { width, height, now: 60_000, paint: plain }).join('\n');

describe('the picture of a sweep', () => {
  it('in 100 columns', () => {
    expect(at(100, 20)).toMatchInlineSnapshot(`
      "run                                             loss  error   test   img/s    left
      A, seed 0      done in 80 s                     1.23   30 %   41 %   1,400
      B, seed 0      failed: its process was killed by SIGKILL: out of memory
      A-LRN, seed 0  ████████████░░░░░░░░░░░░  50 %   2.30   88 %          1,234    60 s
      C, seed 0      waiting
      █████████████████████████░░░░░░░░░░░░░░░ 62 %, 3 min left, 1,234 img/s
      1 done, 1 failed, 1 running, 1 waiting"
    `);
  });

  it('in 60 columns does without some numbers', () => {
    expect(at(60, 20)).toMatchInlineSnapshot(`
      "run                              loss  error   img/s    left
      A, seed 0      done in 80 s      1.23   30 %   1,400
      B, seed 0      failed: its process was killed by SIGKILL: o…
      A-LRN, seed 0  █████░░░░  50 %   2.30   88 %   1,234    60 s
      C, seed 0      waiting
      ███████████████████░░░░░░░░░░░ 62 %, 3 min left, 1,234 img/s
      1 done, 1 failed, 1 running, 1 waiting"
    `);
  });

  it('in 40 columns', () => {
    expect(at(40, 20)).toMatchInlineSnapshot(`
      "run                                 left
      A, seed 0      done in 80 s
      B, seed 0      failed: its process was …
      A-LRN, seed 0  ██████░░░░░  50 %    60 s
      C, seed 0      waiting
      ██████░░░░ 62 %, 3 min left, 1,234 img/s
      1 done, 1 failed, 1 running, 1 waiting"
    `);
  });

  it('in few lines', () => {
    expect(at(60, 5)).toMatchInlineSnapshot(`
      "run                              loss  error   img/s    left
      … 1 done, 1 failed
      A-LRN, seed 0  █████░░░░  50 %   2.30   88 %   1,234    60 s
      ███████████████████░░░░░░░░░░░ 62 %, 3 min left, 1,234 img/s
      1 done, 1 failed, 1 running, 1 waiting"
    `);
    expect(at(60, 2)).toMatchInlineSnapshot(`
      "███████████████████░░░░░░░░░░░ 62 %, 3 min left, 1,234 img/s
      1 done, 1 failed, 1 running, 1 waiting"
    `);
    expect(at(60, 1)).toMatchInlineSnapshot(`"███████████████████░░░░░░░░░░░ 62 %, 3 min left, 1,234 img/s"`);
  });

  it('fits into any terminal, and colours take no room', () => {
    const size = fc.integer({ min: 1, max: 150 });
    fc.assert(
      fc.property(anyRows, size, size, fc.nat(), (any, width, height, now) => {
        const view = { width, height, now };
        const lines = frameLines({ rows: any, began: 0, expectedSeconds: 0 }, { ...view, paint: plain });
        expect(lines.length).toBeLessThanOrEqual(height);
        for (const line of lines) {
          expect(line).not.toMatch(/\p{Cc}/u);
          expect(stringWidth(line)).toBeLessThanOrEqual(width);
        }
        const bright = frameLines({ rows: any, began: 0, expectedSeconds: 0 }, { ...view, paint: coloured });
        expect(bright.map(stripVTControlCharacters)).toEqual(lines);
      }),
    );
  });
});
