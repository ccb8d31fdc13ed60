import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkpointClock, usualPace } from '../../src/runner/checkpoint-clock.js';

describe('checkpoint clock', () => {
  it('never lets writing take more than its share, but for one write', () => {
    const costs = fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(costs, fc.integer({ min: 10, max: 2000 }), (writes, stepMs) => {
        let time = 0;
        let spent = 0;
        let left = [...writes];
        let last = 0;
        const clock = checkpointClock(usualPace, () => time);
        for (let step = 0; step < 2000 && left.length > 0; step++) {
          time += stepMs;
          if (!clock.isDue(step % 10 === 9)) continue;
          const [cost = 0, ...rest] = left;
          left = rest;
          time += cost;
          spent += cost;
          last = cost;
          clock.wrote(cost);
        }
        expect(spent - last).toBeLessThanOrEqual(usualPace.share * time);
        expect(clock.spent().seconds).toBeCloseTo(spent / 1000);
        expect(clock.spent().count).toBe(writes.length - left.length);
      }),
    );
  });

  it('waits between writes, less at the end of an epoch', () => {
    let time = 0;
    const clock = checkpointClock({ seconds: 10, epochSeconds: 2, share: 1 }, () => time);
    time = 2000;
    expect([clock.isDue(false), clock.isDue(true)]).toEqual([false, true]);
    time = 10_000;
    expect(clock.isDue(false)).toBe(true);
    clock.wrote(1);
    expect([clock.isDue(false), clock.isDue(true)]).toEqual([false, false]);
  });
});
