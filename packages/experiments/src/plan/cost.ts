import type { PlannedRun } from './plan.js';

/**
 * Multiply-adds a second of training on two CPU cores, by engine; rough, measured on one machine with narrow VGG
 * nets. Used until the store holds a finished run to go by.
 */
const USUAL_RATE: Readonly<Record<string, number>> = {
  cpu: 2e7,
  wasm: 2e9,
  onnx: 2.5e10,
  tensorflow: 3e10,
  'tensorflow-gpu': 1e12,
};

/** Backward passes cost about twice the forward one. */
const PASSES = 3;

/** Seconds that a run takes at a rate in multiply-adds a second, evaluation left out. */
export function estimateSeconds(planned: PlannedRun, rate: number): number {
  return (PASSES * planned.multiplyAdds * planned.steps * planned.run.recipe.batchSize) / rate;
}

/** The rate that finished runs of this plan reached, or what is usual for the engine. */
export function trainingRate(
  engine: string,
  finished: readonly { readonly planned: PlannedRun; readonly imagesPerSecond: number }[],
): number {
  const rates = finished
    .map(({ planned, imagesPerSecond }) => PASSES * planned.multiplyAdds * imagesPerSecond)
    .filter(rate => rate > 0)
    .sort((a, b) => a - b);
  return rates[rates.length >> 1] ?? USUAL_RATE[engine] ?? 2e9;
}
