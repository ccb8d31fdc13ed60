/** Values of one variant by seed. */
export type BySeed = ReadonlyMap<number, number>;

export interface Paired {
  /** Seeds with a value on both sides, rising. */
  readonly seeds: readonly number[];
  /** a - b, in the order of the seeds. */
  readonly differences: readonly number[];
}

/** Differences over the seeds that both sides have: what the seeds share falls out. */
export function pairedDifferences(a: BySeed, b: BySeed): Paired {
  const seeds = [...a.keys()].filter(seed => b.has(seed)).sort((x, y) => x - y);
  return { seeds, differences: seeds.map(seed => (a.get(seed) as number) - (b.get(seed) as number)) };
}

/** (a - b) - (c - d) over the seeds that all four have: an interaction. */
export function differencesOfDifferences(a: BySeed, b: BySeed, c: BySeed, d: BySeed): Paired {
  const first = pairedDifferences(a, b);
  const second = pairedDifferences(c, d);
  const bySeed = ({ seeds, differences }: Paired): BySeed =>
    new Map(seeds.map((seed, i) => [seed, differences[i] as number]));
  return pairedDifferences(bySeed(first), bySeed(second));
}
