import type { Metric } from '@strata/experiments/catalog';
import { fisherTest, mcNemarTest, mean, pairedDifferences } from '../../statistics/index.js';
import { isOver } from '../../summary/rows.js';
import { type ClaimResults, runIds, runsOf } from '../claim-results.js';
import type { KindRule, StatementOf } from '../finding.js';
import { metricOf } from '../metric-values.js';
import { FEWEST_PAIRS, fewestForSigns, sideOf, untested } from './paired.js';

/** Shares of seeds with an event: McNemar's exact test where seeds are paired, else Fisher's. */
export const rate: KindRule<StatementOf<'rate'>> = {
  decides: 'by a test',
  fewest: ({ paired }, level) => (paired ? fewestForSigns(level) : fewestForFisher(level)),
  examine({ a, b, event, paired }, results) {
    const [first, second] = [a, b].map(variant => eventsOf(results, variant, event)) as [Events, Events];
    const pairs = pairedDifferences(first, second);
    const finding = untested(results, pairs, 'points', runIds(results, [a, b], pairs.seeds));
    const method = paired ? "McNemar's exact test" : "Fisher's exact test";
    if (pairs.seeds.length === 0) return { ...finding, method };
    const count = (values: readonly number[], wanted: number): number =>
      values.filter(value => value === wanted).length;
    const n = pairs.seeds.length;
    const [inFirst, inSecond] = [first, second].map(events =>
      count(
        pairs.seeds.map(seed => events.get(seed) as number),
        100,
      ),
    ) as [number, number];
    const p = paired
      ? mcNemarTest(count(pairs.differences, 100), count(pairs.differences, -100))
      : fisherTest([
          [inFirst, inSecond],
          [n - inFirst, n - inSecond],
        ]);
    const notes = [`${a}: ${inFirst} of ${n}; ${b}: ${inSecond} of ${n}`];
    return { ...finding, p, side: sideOf(mean(pairs.differences), -1), method, notes };
  },
};

type Events = ReadonlyMap<number, number>;

/** 100 for a seed with the event, 0 for one without. A run that diverged has failed to learn, whatever its numbers. */
function eventsOf(
  results: ClaimResults,
  variant: string,
  { metric, above }: { readonly metric: Metric; readonly above: number },
): Events {
  return new Map(
    runsOf(results, variant)
      .filter(isOver)
      .flatMap((run): (readonly [number, number])[] => {
        if (run.state === 'diverged') return [[run.seed, 100]];
        const value = metricOf(run, metric);
        return value === null ? [] : [[run.seed, value > above ? 100 : 0]];
      }),
  );
}

/** All of one variant and none of the other. */
function fewestForFisher(level: number): number {
  let n = FEWEST_PAIRS;
  while (
    fisherTest([
      [n, 0],
      [0, n],
    ]) > level
  )
    n++;
  return n;
}
