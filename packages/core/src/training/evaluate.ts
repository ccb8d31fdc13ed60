import type { Batch, Evaluator } from '../engine/index.js';
import type { ErrorRates } from './events.js';
import { type LikelyClasses, likelyClasses } from './likely-classes.js';

/** So many images keep their likeliest classes. */
const SAMPLES = 24;

export interface Predictions extends ErrorRates {
  /** The class with the largest logit, per image. */
  readonly predicted: readonly number[];
  /** The true class's place among the logits, 0 being first, per image. */
  readonly rank: readonly number[];
  /** The likeliest classes of the first images, to be looked at. */
  readonly samples: readonly LikelyClasses[];
}

/** Tests a network on images in order: errors in percent, mean cross-entropy, and what it said of each image. */
export async function evaluate(evaluator: Evaluator, batches: Iterable<Batch>): Promise<Predictions> {
  const predicted: number[] = [];
  const rank: number[] = [];
  const samples: LikelyClasses[] = [];
  let lossSum = 0;
  for (const { images, labels, count } of batches) {
    const logits = await evaluator.logits(images, count);
    const classes = logits.length / count;
    for (let i = 0; i < count; i++) {
      const own = logits.subarray(i * classes, (i + 1) * classes);
      const verdict = judge(own, labels[i] as number);
      if (samples.length < SAMPLES) samples.push(likelyClasses(own));
      predicted.push(verdict.predicted);
      rank.push(verdict.rank);
      lossSum += verdict.loss;
    }
  }
  return { ...errorRates(rank, lossSum), predicted, rank, samples };
}

function errorRates(rank: readonly number[], lossSum: number): ErrorRates {
  const count = rank.length;
  const loss = Number.isFinite(lossSum) ? lossSum / count : null;
  const percentAtLeast = (place: number): number => (100 * rank.filter(r => r >= place).length) / count;
  return { top1Error: percentAtLeast(1), top5Error: percentAtLeast(5), loss, count };
}

/** Of equal logits the lower class comes first. A network that says NaN is wrong. */
function judge(logits: Float32Array, label: number): { predicted: number; rank: number; loss: number } {
  const own = logits[label] as number;
  if (logits.some(Number.isNaN)) return { predicted: 0, rank: logits.length - 1, loss: Number.NaN };
  let predicted = 0;
  let rank = 0;
  for (let c = 0; c < logits.length; c++) {
    const logit = logits[c] as number;
    if (logit > (logits[predicted] as number)) predicted = c;
    if (logit > own || (logit === own && c < label)) rank++;
  }
  const largest = logits[predicted] as number;
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return { predicted, rank, loss: Math.log(sum) + largest - own };
}
