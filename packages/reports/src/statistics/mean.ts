/** @throws RangeError without values: no mean is made up. */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('The mean of no values.');
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation of a sample (divided by n - 1), in two passes. @throws RangeError below two values. */
export function sampleDeviation(values: readonly number[]): number {
  if (values.length < 2) throw new RangeError('A sample deviation needs two values.');
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

/** The middle value, or the mean of the two middle ones. @throws RangeError without values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return mean(sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1));
}
