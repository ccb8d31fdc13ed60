import type { LayerResponse } from '@strata/core/training';
import type { ExperimentResults } from '@strata/experiments/collect';
import { mean, median } from '../statistics/index.js';
import { isOver } from './rows.js';

/** What one layer of a variant's trained nets answers. */
export interface ResponsePoint {
  readonly variant: string;
  readonly layer: string;
  /** From the input on, from 1. */
  readonly place: number;
  /** Of the outputs behind batch norm; median over seeds. */
  readonly deviation: number;
  /** Of the loss's gradient of these outputs; median over seeds. */
  readonly gradientNorm: number;
  readonly n: number;
}

/** Layer by layer, over the runs whose responses were measured and are numbers; none where the experiment measures none. */
export function responsePoints({ variants }: ExperimentResults): readonly ResponsePoint[] {
  return variants.flatMap(({ name: variant, runs }) => {
    const measured = runs
      .filter(isOver)
      .flatMap(({ responses }) => (responses?.every(isMeasured) ? [responses] : []));
    return (measured[0] ?? []).map(({ layer }, i) => ({
      variant,
      layer,
      place: i + 1,
      deviation: median(measured.map(layers => layers[i]?.deviation ?? Number.NaN)),
      gradientNorm: median(measured.map(layers => layers[i]?.gradientNorm ?? Number.NaN)),
      n: measured.length,
    }));
  });
}

function isMeasured({ deviation, gradientNorm }: LayerResponse): boolean {
  return Number.isFinite(deviation) && Number.isFinite(gradientNorm);
}

/** Mean over layers of the deviation of their outputs (ResNet, figure 7). */
export function meanResponse(layers: readonly LayerResponse[]): number {
  return mean(layers.map(({ deviation }) => deviation));
}

/** Powers of ten that the gradient loses from the last layer to the first; below 0 where it grows. */
export function fading(layers: readonly LayerResponse[]): number {
  const [first, last] = [layers.at(0), layers.at(-1)];
  return first && last ? Math.log10(last.gradientNorm / first.gradientNorm) : Number.NaN;
}
