import type { ErrorRates } from './events.js';
import { type LikelyClasses, likelyClasses } from './likely-classes.js';

export interface Predictions extends ErrorRates {
  /** The class with the largest score, per image. */
  readonly predicted: readonly number[];
  /** The true class's place among the scores, 0 being first, per image. */
  readonly rank: readonly number[];
  /** The likeliest classes of the first images, to be looked at; absent from what earlier versions kept. */
  readonly samples?: readonly LikelyClasses[];
}

/** So many images keep their likeliest classes. */
const SAMPLES = 24;

/** Means of softmax outputs, one an image: over its views, and over networks. */
export interface Posteriors {
  /** Counts what a network says of a view of an image. */
  add(image: number, logits: Float32Array, weight: number): void;
  /** Errors in percent and mean cross-entropy against the true classes, `networks` having had their say of each image. */
  judge(labels: ArrayLike<number>, networks: number): Predictions;
}

/**
 * Sums are kept as logarithms, so that nothing underflows: classes far behind keep their order, which top-5 errors depend on, and of
 * a single view the order is that of its logits.
 */
export function posteriors(count: number, classes: number): Posteriors {
  const sums = new Float64Array(count * classes).fill(Number.NEGATIVE_INFINITY);
  return {
    add(image, logits, weight) {
      const shift = logSumExp(logits) - Math.log(weight);
      for (let c = 0; c < classes; c++) {
        const at = image * classes + c;
        sums[at] = logAdd(sums[at] as number, (logits[c] as number) - shift);
      }
    },
    judge(labels, networks) {
      const predicted: number[] = [];
      const rank: number[] = [];
      const samples: LikelyClasses[] = [];
      let lossSum = 0;
      for (let i = 0; i < count; i++) {
        const own = sums.subarray(i * classes, (i + 1) * classes);
        const verdict = judge(own, labels[i] as number);
        if (i < SAMPLES) samples.push(likelyClasses(own));
        predicted.push(verdict.predicted);
        rank.push(verdict.rank);
        lossSum += Math.log(networks) - verdict.own;
      }
      return { ...errorRates(rank, lossSum), predicted, rank, samples };
    },
  };
}

function logSumExp(values: Float32Array): number {
  const largest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0)) + largest;
}

/** log(exp(a) + exp(b)). */
function logAdd(a: number, b: number): number {
  if (a === Number.NEGATIVE_INFINITY) return b;
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
}

function errorRates(rank: readonly number[], lossSum: number): ErrorRates {
  const count = rank.length;
  const loss = Number.isFinite(lossSum) ? lossSum / count : null;
  const percentAtLeast = (place: number): number => (100 * rank.filter(r => r >= place).length) / count;
  return { top1Error: percentAtLeast(1), top5Error: percentAtLeast(5), loss, count };
}

/** Of equal scores the lower class comes first. A network that says NaN is wrong. */
function judge(scores: Float64Array, label: number): { predicted: number; rank: number; own: number } {
  const own = scores[label] as number;
  if (scores.some(Number.isNaN)) return { predicted: 0, rank: scores.length - 1, own: Number.NaN };
  let predicted = 0;
  let rank = 0;
  for (let c = 0; c < scores.length; c++) {
    const score = scores[c] as number;
    if (score > (scores[predicted] as number)) predicted = c;
    if (score > own || (score === own && c < label)) rank++;
  }
  return { predicted, rank, own };
}
