/** The five classes that a network holds likeliest for one image, the likeliest first. */
export type LikelyClasses = readonly { readonly class: number; readonly probability: number }[];

const KEPT = 5;

/**
 * Softmax of one image's logits, or of logarithms of probabilities, cut to its largest; of equal scores the lower class
 * comes first. Nothing of NaN.
 */
export function likelyClasses(scores: Float32Array | Float64Array): LikelyClasses {
  const ranked = Array.from(scores, (score, place) => ({ class: place, score })).sort(
    (a, b) => b.score - a.score,
  );
  if (ranked.some(({ score }) => Number.isNaN(score))) return [];
  const largest = ranked[0]?.score ?? 0;
  const sum = ranked.reduce((total, { score }) => total + Math.exp(score - largest), 0);
  return ranked
    .slice(0, KEPT)
    .map(({ class: place, score }) => ({ class: place, probability: Math.exp(score - largest) / sum }));
}
