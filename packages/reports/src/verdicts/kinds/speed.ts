import type { Timing } from '@strata/experiments/collect';
import { pairedDifferences } from '../../statistics/index.js';
import type { ClaimResults } from '../claim-results.js';
import type { KindRule, StatementOf } from '../finding.js';
import { asRatio, fewestForSigns, signFlipped, untested } from './paired.js';

/** Fewer repetitions than this name no winner. */
const FEWEST_REPETITIONS = 7;

/**
 * Time of a training step: sign-flip test of the log ratios by turn, measured alone and interleaved on one device. The
 * seconds of a sweep never count: they tell of the machine's other work.
 */
export const speed: KindRule<StatementOf<'speed'>> = {
  decides: 'by a test',
  fewest: (_, level) => Math.max(FEWEST_REPETITIONS, fewestForSigns(level)),
  examine({ a, b }, results) {
    const device = results.results.timings?.find(({ variant }) => variant === a)?.device;
    const turns = (variant: string): ReadonlyMap<number, number> =>
      new Map(
        timingsOf(results, variant, device).map(({ repetition, seconds }) => [repetition, Math.log(seconds)]),
      );
    const paired = pairedDifferences(turns(a), turns(b));
    const finding = asRatio(signFlipped(untested(results, paired, 'nats', []), -1));
    return {
      ...finding,
      planned: FEWEST_REPETITIONS,
      notes:
        device === undefined ? ['not measured: the seconds of training runs do not count'] : [`on ${device}`],
    };
  },
};

function timingsOf(
  { results }: ClaimResults,
  variant: string,
  device: string | undefined,
): readonly Timing[] {
  return (results.timings ?? []).filter(timing => timing.variant === variant && timing.device === device);
}
