import type { ImageSet } from '@strata/core/data';
import { elements } from '@strata/core/network';

/** Error in percent, on the test images, of a softmax classifier on raw pixels (scaled to about ±2), trained by plain SGD. */
export function linearError(train: ImageSet, test: ImageSet, classes: number, epochs: number): number {
  const size = elements(train.shape);
  const weights = Array.from({ length: classes }, () => new Float32Array(size + 1));
  const input = (images: ImageSet, i: number): Float32Array => {
    const x = new Float32Array(size + 1).fill(1);
    images.pixels(i).forEach((level, at) => {
      x[at] = (level - 128) / 64;
    });
    return x;
  };
  const logits = (x: Float32Array): number[] => weights.map(w => dot(w, x));

  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = 3e-4 * (1 - epoch / epochs);
    for (let i = 0; i < train.count; i++) {
      const x = input(train, i);
      const probabilities = softmax(logits(x));
      weights.forEach((w, c) => {
        addScaled(w, x, -rate * ((probabilities[c] as number) - (c === train.labels[i] ? 1 : 0)));
      });
    }
  }
  let wrong = 0;
  for (let i = 0; i < test.count; i++) {
    const scores = logits(input(test, i));
    if (scores.indexOf(Math.max(...scores)) !== test.labels[i]) wrong++;
  }
  return (100 * wrong) / test.count;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function addScaled(target: Float32Array, other: Float32Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] as number) + factor * (other[i] as number);
}

function softmax(scores: readonly number[]): number[] {
  const largest = Math.max(...scores);
  const exponentials = scores.map(score => Math.exp(score - largest));
  const total = exponentials.reduce((sum, e) => sum + e, 0);
  return exponentials.map(e => e / total);
}
