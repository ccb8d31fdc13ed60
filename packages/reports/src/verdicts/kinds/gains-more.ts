import { metricUnit } from '@strata/experiments/catalog';
import { differencesOfDifferences } from '../../statistics/index.js';
import { runIds, valuesOf } from '../claim-results.js';
import type { KindRule, StatementOf } from '../finding.js';
import { fewestForSigns, signFlipped, untested } from './paired.js';

/** An interaction: exact two-sided sign-flip test of the differences of differences over seeds. */
export const gainsMore: KindRule<StatementOf<'gains-more'>> = {
  decides: 'by a test',
  fewest: (_, level) => fewestForSigns(level),
  examine({ more, less, metric = 'top1Error' }, results) {
    const terms = [more.to, more.from, less.to, less.from];
    const [a, b, c, d] = terms.map(term => valuesOf(results, term, metric)) as [
      Values,
      Values,
      Values,
      Values,
    ];
    const paired = differencesOfDifferences(a, b, c, d);
    return signFlipped(
      untested(results, paired, metricUnit(metric), runIds(results, terms, paired.seeds)),
      -1,
    );
  },
};

type Values = ReturnType<typeof valuesOf>;
