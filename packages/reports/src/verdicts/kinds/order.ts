import { metricUnit, nameOf } from '@strata/experiments/catalog';
import { FEWEST_PAIRS, pageTest, pairedDifferences, signFlipTest } from '../../statistics/index.js';
import { runIds, valuesOf } from '../claim-results.js';
import type { FindingPart, KindRule, StatementOf } from '../finding.js';
import { untested } from './paired.js';

/**
 * A metric that falls along a list: Page's test with seeds as blocks. The difference is that of the ends; a trend does not
 * mean that each step holds, so the neighbours are shown beside it.
 */
export const order: KindRule<StatementOf<'order'>> = {
  decides: 'by a test',
  fewest: ({ falling }, level) =>
    Math.max(FEWEST_PAIRS, Math.ceil(Math.log(2 / level) / logFactorial(falling.length))),
  examine({ falling, metric = 'top1Error' }, results) {
    const values = falling.map(term => valuesOf(results, term, metric));
    const seeds = [...(values[0] ?? new Map<number, number>()).keys()]
      .filter(seed => values.every(bySeed => bySeed.has(seed)))
      .sort((a, b) => a - b);
    const blocks = seeds.map(seed => values.map(bySeed => bySeed.get(seed) as number));
    const paired = {
      seeds,
      differences: blocks.map(block => (block.at(-1) as number) - (block[0] as number)),
    };
    const finding = untested(results, paired, metricUnit(metric), runIds(results, falling, seeds));
    const parts = falling.slice(1).map((term, i): FindingPart => {
      const neighbours = pairedDifferences(values[i + 1] as Values, values[i] as Values);
      const { n, difference, interval, unit } = untested(results, neighbours, metricUnit(metric), []);
      const p = n === 0 ? null : signFlipTest(neighbours.differences).p;
      return {
        sentence: `${nameOf(term)} < ${nameOf(falling[i] as typeof term)}`,
        n,
        difference,
        interval,
        unit,
        p,
      };
    });
    if (seeds.length === 0) return { ...finding, parts, method: "Page's test" };
    const { p, rises, method } = pageTest(blocks);
    return { ...finding, p, side: rises ? 'opposite' : 'agrees', parts, method: `Page's test, ${method}` };
  },
};

type Values = ReturnType<typeof valuesOf>;

function logFactorial(n: number): number {
  return n < 2 ? 0 : Math.log(n) + logFactorial(n - 1);
}
