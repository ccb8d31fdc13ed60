import { metricUnit } from '@strata/experiments/catalog';
import { pairedDifferences } from '../../statistics/index.js';
import { runIds, valuesOf } from '../claim-results.js';
import type { KindRule, StatementOf } from '../finding.js';
import { fewestForSigns, signFlipped, untested } from './paired.js';

/** a < b: exact two-sided sign-flip test of the paired differences over seeds. */
export const lower: KindRule<StatementOf<'lower'>> = {
  decides: 'by a test',
  fewest: (_, level) => fewestForSigns(level),
  examine({ a, b, metric = 'top1Error' }, results) {
    const paired = pairedDifferences(valuesOf(results, a, metric), valuesOf(results, b, metric));
    return signFlipped(
      untested(results, paired, metricUnit(metric), runIds(results, [a, b], paired.seeds)),
      -1,
    );
  },
};
