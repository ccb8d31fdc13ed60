/** How often each class was taken for each, over one or more networks on the same images. */
export interface Confusion {
  readonly classes: readonly string[];
  /** `counts[actual][predicted]`. */
  readonly counts: readonly (readonly number[])[];
  /** How many networks were asked. */
  readonly n: number;
}

export interface ConfusedPair {
  readonly actual: string;
  readonly predicted: string;
  readonly count: number;
  /** Percent of the true class's images. */
  readonly percent: number;
}

/** Counts over several networks' predictions of the same labelled images. */
export function confusionOf(
  classes: readonly string[],
  labels: readonly number[],
  predictions: readonly (readonly number[])[],
): Confusion {
  const counts = classes.map(() => classes.map(() => 0));
  for (const predicted of predictions) {
    labels.forEach((label, i) => {
      const row = counts[label];
      const guess = predicted[i];
      if (row && guess !== undefined && guess < row.length) row[guess] = (row[guess] ?? 0) + 1;
    });
  }
  return { classes, counts, n: predictions.length };
}

/** The mistakes that were made most often, the commonest first; equal ones in the order of the classes. */
export function commonestMistakes({ classes, counts }: Confusion, most: number): readonly ConfusedPair[] {
  const pairs = counts.flatMap((row, i) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.flatMap((count, j) =>
      i === j || count === 0
        ? []
        : [
            {
              actual: classes[i] ?? '',
              predicted: classes[j] ?? '',
              count,
              percent: (100 * count) / total,
            },
          ],
    );
  });
  return pairs.sort((a, b) => b.count - a.count).slice(0, most);
}
