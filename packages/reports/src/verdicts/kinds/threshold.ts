import { metricUnit } from '@strata/experiments/catalog';
import { runIds, valuesOf } from '../claim-results.js';
import type { KindRule, StatementOf } from '../finding.js';
import { fewestForSigns, signFlipped, untested } from './paired.js';

/** A metric of one variant against a value: sign-flip test of its distances from it. The difference is that distance. */
export const threshold: KindRule<StatementOf<'threshold'>> = {
  decides: 'by a test',
  fewest: (_, level) => fewestForSigns(level),
  examine({ term, is, value, metric = 'top1Error' }, results) {
    const values = [...valuesOf(results, term, metric)].sort(([a], [b]) => a - b);
    const paired = { seeds: values.map(([seed]) => seed), differences: values.map(([, own]) => own - value) };
    const finding = untested(results, paired, metricUnit(metric), runIds(results, [term], paired.seeds));
    return signFlipped(finding, is === 'below' ? -1 : 1);
  },
};
