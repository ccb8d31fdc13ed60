import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fractionDone, runSecondsLeft, secondsLeft } from '../../src/live/time-left.js';
import { anyRows, row } from './rows.js';

const running = { state: 'running', from: { step: 0, time: 0 } } as const;

describe('the time that is left', () => {
  it('is unknown before anything begins', () => {
    expect(secondsLeft({ rows: [row()], began: null, expectedSeconds: 0 }, 5000)).toBeNull();
    expect(runSecondsLeft(row({ state: 'running' }), 5000)).toBeNull();
  });

  it('goes by the estimate until something is measured', () => {
    const rows = [row({ state: 'running' }), row({ id: 'b' })];
    expect(secondsLeft({ rows, began: 0, expectedSeconds: 0 }, 0)).toBeCloseTo(200);
    expect(secondsLeft({ rows, began: 0, expectedSeconds: 120 }, 0)).toBeCloseTo(120);
  });

  it('goes by what was measured, whatever the estimate said', () => {
    // Half of two equal runs done in 1000 s: the other half takes as long.
    const rows = [row({ state: 'done', step: 10, from: { step: 0, time: 0 } }), row({ id: 'b' })];
    expect(secondsLeft({ rows, began: 0, expectedSeconds: 0 }, 1e6)).toBeCloseTo(1000, 0);
  });

  it('counts all runs under way at once', () => {
    const two = [row({ ...running, step: 5 }), row({ ...running, id: 'b', step: 5 })];
    expect(secondsLeft({ rows: two, began: 0, expectedSeconds: 0 }, 100_000)).toBeCloseTo(100);
  });

  it('is no less than the slowest run alone takes', () => {
    const rows = [
      row({ state: 'done', step: 10, cost: 1000, from: { step: 0, time: 0 } }),
      row({ ...running, id: 'b', step: 1 }),
    ];
    expect(secondsLeft({ rows, began: 0, expectedSeconds: 0 }, 100_000)).toBeCloseTo(900);
  });

  it('owes nothing to runs that were there before', () => {
    const fresh = [row({ ...running, step: 5 }), row({ id: 'b' })];
    const reused = row({ id: 'c', state: 'done', step: 10 });
    const sweep = { rows: fresh, began: 0, expectedSeconds: 0 };
    expect(secondsLeft({ ...sweep, rows: [...fresh, reused] }, 9000)).toBe(secondsLeft(sweep, 9000));
  });

  it('is a number of at least 0, and the share done one between 0 and 1', () => {
    fc.assert(
      fc.property(anyRows, fc.nat(), fc.nat(), (rows, began, elapsed) => {
        expect(secondsLeft({ rows, began, expectedSeconds: 0 }, began + elapsed)).toBeGreaterThanOrEqual(0);
        expect(fractionDone(rows)).toBeGreaterThanOrEqual(-1e-9);
        expect(fractionDone(rows)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
