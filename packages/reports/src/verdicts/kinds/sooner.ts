import { logRatiosToTarget, type Race } from '../../statistics/index.js';
import { isOver } from '../../summary/rows.js';
import { type ClaimResults, runIds, runsOf } from '../claim-results.js';
import type { KindRule, StatementOf } from '../finding.js';
import { curveOf } from '../metric-values.js';
import { asRatio, fewestForSigns, signFlipped, untested } from './paired.js';

/** Time to a target: sign-flip test of the paired log ratios of epochs, runs that never arrive censored at their end. */
export const sooner: KindRule<StatementOf<'sooner'>> = {
  decides: 'by a test',
  fewest: (_, level) => fewestForSigns(level),
  examine({ a, b, curve, target }, results) {
    const [first, second] = [a, b].map(variant => racesOf(results, variant, curve)) as [Races, Races];
    const { censored, ...paired } = logRatiosToTarget(first, second, target);
    const finding = signFlipped(untested(results, paired, 'nats', runIds(results, [a, b], paired.seeds)), -1);
    const notes =
      censored === 0
        ? []
        : [
            `in ${censored} of ${paired.seeds.length} pairs a run never arrived and counts as arriving at its last epoch`,
          ];
    return { ...asRatio(finding), notes };
  },
};

type Races = ReadonlyMap<number, Race>;

function racesOf(results: ClaimResults, variant: string, curve: StatementOf<'sooner'>['curve']): Races {
  return new Map(
    runsOf(results, variant)
      .filter(isOver)
      .map(run => [run.seed, { values: curveOf(run, curve), horizon: run.run.recipe.epochs }]),
  );
}
