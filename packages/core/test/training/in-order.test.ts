import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder } from '../../src/training/in-order.js';

describe('work in order', () => {
  it('comes in the order of the items, whatever takes longest, with no more under way than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 20 }),
        fc.nat(5),
        async (delays, ahead) => {
          let underWay = 0;
          let most = 0;
          const items = delays.map((delay, i) => ({ delay, i }));
          const work = async ({ delay, i }: (typeof items)[number]): Promise<number> => {
            most = Math.max(most, ++underWay);
            await setTimeout(delay);
            underWay--;
            return i;
          };
          const seen: number[] = [];
          for await (const { item, result } of inOrder(items, work, ahead)) {
            expect(item.i).toBe(result);
            seen.push(result);
          }
          expect(seen).toEqual(items.map(({ i }) => i));
          expect(most).toBeLessThanOrEqual(ahead + 1);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('throws what the work throws, when its turn comes', async () => {
    const work = async (i: number): Promise<number> => {
      if (i === 2) throw new Error('no image 2');
      return i;
    };
    const seen: number[] = [];
    const look = async (): Promise<void> => {
      for await (const { result } of inOrder([0, 1, 2, 3], work, 3)) seen.push(result);
    };
    await expect(look()).rejects.toThrow('no image 2');
    expect(seen).toEqual([0, 1]);
  });
});
