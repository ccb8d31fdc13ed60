import type { ExperimentResults } from '@strata/experiments/collect';
import { timeCommand } from '@strata/experiments/plan';
import { pairedDifferences } from '../../statistics/index.js';
import { deviceOf, isBusy, timedIn } from '../../summary/timings.js';
import type { KindRule, StatementOf } from '../finding.js';
import { asRatio, fewestForSigns, signFlipped, untested } from './paired.js';

/** Fewer turns than this name no winner. */
const FEWEST_TURNS = 7;

/**
 * Time of a training step: sign-flip test of the log ratios by turn, of the newest measurement that has both. The
 * seconds of a sweep never count: they tell of the machine's other work.
 */
export const speed: KindRule<StatementOf<'speed'>> = {
  decides: 'by a test',
  fewest: (_, level) => Math.max(FEWEST_TURNS, fewestForSigns(level)),
  examine({ a, b }, view) {
    const { timings } = view.results;
    const timing = timings.find(candidate => timedIn(candidate, a) && timedIn(candidate, b));
    const turns = (variant: string): ReadonlyMap<number, number> =>
      new Map(
        (timing ? (timedIn(timing, variant)?.seconds ?? []) : []).map((seconds, i) => [i, Math.log(seconds)]),
      );
    const paired = pairedDifferences(turns(a), turns(b));
    const finding = asRatio(signFlipped(untested(view, paired, 'nats', []), -1));
    return {
      ...finding,
      planned: FEWEST_TURNS,
      ...(timing
        ? { notes: measuredNotes(timing, a, b) }
        : {
            notes: ['not timed: the seconds of trainings do not count'],
            command: timeCommand(view.results.command),
          }),
    };
  },
};

function measuredNotes(
  timing: ExperimentResults['timings'][number],
  a: string,
  b: string,
): readonly string[] {
  const [first, second] = [timedIn(timing, a), timedIn(timing, b)];
  const batches =
    first && second && first.batchSize !== second.batchSize
      ? [`a step of ${a} is ${first.batchSize} images, one of ${b} ${second.batchSize}`]
      : [];
  const busy = isBusy(timing) ? [`the machine was at a load of ${timing.load.toFixed(1)} before`] : [];
  return [`on ${deviceOf(timing)}`, ...batches, ...busy];
}
