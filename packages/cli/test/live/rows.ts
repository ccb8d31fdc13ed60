import fc from 'fast-check';
import type { RunRow } from '../../src/live/run-row.js';

/** A run that waits, with changes. */
export function row(changes: Partial<RunRow> = {}): RunRow {
  return {
    id: 'id',
    name: 'A, seed 0',
    state: 'waiting',
    note: '',
    cost: 100,
    steps: 10,
    step: 0,
    from: null,
    loss: null,
    trainError: null,
    testError: null,
    imagesPerSecond: null,
    seconds: null,
    changed: 0,
    ...changes,
  };
}

const known = fc.option(fc.double({ min: 0, max: 1e9 }));

/** Any run in any state, also such as come from damaged or strange events. */
export const anyRow: fc.Arbitrary<RunRow> = fc
  .record({
    name: fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constant('图像网络, seed 0')),
    state: fc.constantFrom('waiting', 'running', 'testing', 'elsewhere', 'done', 'diverged', 'failed'),
    note: fc.oneof(fc.constant(''), fc.string({ unit: 'binary', maxLength: 200 })),
    cost: fc.double({ min: 0, max: 1e9, noNaN: true }),
    steps: fc.integer({ min: 1, max: 1000 }),
    done: fc.double({ min: 0, max: 1, noNaN: true }),
    loss: fc.option(fc.double()),
    trainError: known,
    testError: known,
    imagesPerSecond: known,
    seconds: known,
    changed: fc.nat(),
  })
  .map(({ done, ...rest }) => {
    const step = Math.round(done * rest.steps);
    return row({
      ...rest,
      step,
      from: rest.state === 'running' ? { step: 0, time: 0 } : null,
    } as Partial<RunRow>);
  });

export const anyRows: fc.Arbitrary<readonly RunRow[]> = fc
  .array(anyRow, { maxLength: 40 })
  .map(rows => rows.map((one, i) => ({ ...one, id: `${i}` })));
