/** The five classes that a network holds likeliest for one image, the likeliest first. */
export type LikelyClasses = readonly { readonly class: number; readonly probability: number }[];

const KEPT = 5;

/** Softmax of one image's logits, cut to its largest; of equal logits the lower class comes first. Nothing of NaN. */
export function likelyClasses(logits: Float32Array): LikelyClasses {
  if (logits.some(Number.isNaN)) return [];
  const largest = logits.reduce((most, logit) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return Array.from(logits, (logit, i) => ({ class: i, logit }))
    .sort((a, b) => b.logit - a.logit)
    .slice(0, KEPT)
    .map(({ class: place, logit }) => ({ class: place, probability: Math.exp(logit - largest) / sum }));
}
