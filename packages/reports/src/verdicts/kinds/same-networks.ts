import { CONFIDENCE, twoWayTest } from '../../statistics/index.js';
import { runIds, type Tested, testsOf } from '../claim-results.js';
import type { Finding, KindRule, StatementOf } from '../finding.js';
import { sideOf } from './paired.js';

/** Three networks make a verdict possible: Student's t with two degrees of freedom asks much of them. */
const FEWEST_NETWORKS = 3;

/**
 * The same networks tested in two ways: two-way bootstrap over networks and images. An average of several networks is
 * compared with another average of the same ones, or with the mean of its members.
 */
export const sameNetworks: KindRule<StatementOf<'same-networks'>> = {
  decides: 'by a test',
  fewest: () => FEWEST_NETWORKS,
  examine({ a, b }, results) {
    const pairs = pairsOf(testsOf(results, a), testsOf(results, b));
    const members = Math.max(1, ...pairs.map(pair => pair.seeds.length));
    const finding: Finding = {
      n: pairs.length,
      planned: Math.floor(results.planned / members),
      difference: null,
      interval: null,
      confidence: CONFIDENCE,
      unit: 'points',
      p: null,
      side: null,
      pairs: pairs.map(({ differences }) => differences.reduce((sum, d) => sum + d, 0) / differences.length),
      runs: runIds(
        results,
        [a, b],
        pairs.flatMap(pair => pair.seeds),
      ),
      method: 'two-way bootstrap over networks and images',
      parts: [],
      notes:
        members > 1
          ? [`each of the ${pairs.length} units averages ${members} networks, none used twice`]
          : [],
    };
    if (pairs.length < 2) return finding;
    const { mean, interval, p } = twoWayTest(pairs.map(pair => pair.differences));
    return { ...finding, difference: mean, interval, p, side: sideOf(mean, -1) };
  },
};

interface Pair {
  readonly seeds: readonly number[];
  /** Of one side's error minus the other's, by image, in points. */
  readonly differences: readonly number[];
}

function pairsOf(first: readonly Tested[], second: readonly Tested[]): readonly Pair[] {
  return first.length <= second.length
    ? first.flatMap(unit => pairOf(unit, second, (own, other) => 100 * (own - other)))
    : second.flatMap(unit => pairOf(unit, first, (own, other) => 100 * (other - own)));
}

/** Beside the test of the same networks, or else the mean of the tests of its members. */
function pairOf(
  unit: Tested,
  others: readonly Tested[],
  difference: (own: number, other: number) => number,
): readonly Pair[] {
  const same = others.find(({ seeds }) => seeds.join() === unit.seeds.join());
  const members = unit.seeds.flatMap(
    seed => others.find(({ seeds }) => seeds.length === 1 && seeds[0] === seed) ?? [],
  );
  const matched = same ? [same] : members.length === unit.seeds.length ? members : [];
  if (matched.length === 0) return [];
  const own = unit.predictions.rank;
  const ranks = matched.map(({ predictions }) => predictions.rank);
  if (ranks.some(({ length }) => length !== own.length)) {
    throw new RangeError(
      `Networks of seeds ${unit.seeds.join()} were tested on different images in the two ways.`,
    );
  }
  const other = (image: number): number =>
    ranks.reduce((sum, rank) => sum + wrong(rank[image] as number), 0) / ranks.length;
  return [{ seeds: unit.seeds, differences: own.map((rank, i) => difference(wrong(rank), other(i))) }];
}

const wrong = (rank: number): number => (rank > 0 ? 1 : 0);
