import type { ImageSet } from '@strata/core/data';
import { elements } from '@strata/core/network';

/** Error in percent, on the test images, of a softmax classifier on raw pixels (scaled to about ±1), trained by plain SGD. */
export function linearError(train: ImageSet, test: ImageSet, classes: number, epochs: number): number {
  const size = elements(train.shape);
  const weights = Array.from({ length: classes }, () => new Float64Array(size + 1));
  const inputs = (images: ImageSet): Float64Array[] =>
    Array.from({ length: images.count }, (_, i) =>
      Float64Array.from({ length: size + 1 }, (_, at) => (at === size ? 1 : ((images.pixels(i)[at] as number) - 128) / 64)),
    );
  const logits = (x: Float64Array): number[] =>
    weights.map(w => w.reduce((sum, weight, at) => sum + weight * (x[at] as number), 0));

  const trainInputs = inputs(train);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = 3e-4 * (1 - epoch / epochs);
    trainInputs.forEach((x, i) => {
      const scores = logits(x);
      const largest = Math.max(...scores);
      const exponentials = scores.map(score => Math.exp(score - largest));
      const total = exponentials.reduce((sum, e) => sum + e, 0);
      weights.forEach((w, c) => {
        const gradient = (exponentials[c] as number) / total - (c === train.labels[i] ? 1 : 0);
        for (let at = 0; at <= size; at++) w[at] = (w[at] as number) - rate * gradient * (x[at] as number);
      });
    });
  }
  const wrong = inputs(test).filter((x, i) => {
    const scores = logits(x);
    return scores.indexOf(Math.max(...scores)) !== test.labels[i];
  });
  return (100 * wrong.length) / test.count;
}
