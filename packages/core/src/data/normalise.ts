import { UsageError } from '../errors/index.js';
import type { ColourAxes } from './colour.js';
import type { ImageSet } from './data-set.js';
import type { Normalisation } from './preprocessing.js';

/** Of each channel over all pixels of a set, on the 0–255 scale. */
export interface ChannelStatistics {
  readonly mean: readonly number[];
  /** Standard deviation, over all pixels (not n - 1). */
  readonly deviation: readonly number[];
}

/** All that inputs are made with, of the training images. */
export interface InputStatistics extends ChannelStatistics {
  /** Where an augmentation asks for it. */
  readonly colour?: ColourAxes;
}

/** Values of a pixel. */
export const LEVELS = 256;

/** Exact: levels are counted first, so that no order of summing matters. */
export function channelStatistics(images: ImageSet): ChannelStatistics {
  if (images.count === 0)
    throw new UsageError('A set without images has no mean; give at least one training image.');
  const counts = levelCounts(images);
  const [channels, height, width] = images.shape;
  const total = images.count * height * width;
  const mean: number[] = [];
  const deviation: number[] = [];
  for (let c = 0; c < channels; c++) {
    const ofChannel = counts.subarray(c * LEVELS, (c + 1) * LEVELS);
    const average = ofChannel.reduce((sum, count, level) => sum + count * level, 0) / total;
    const variance = ofChannel.reduce((sum, count, level) => sum + count * (level - average) ** 2, 0) / total;
    mean.push(average);
    deviation.push(Math.sqrt(variance));
  }
  return { mean, deviation };
}

/** How often each level occurs, `[channels, 256]`. */
function levelCounts(images: ImageSet): Float64Array {
  const [channels, height, width] = images.shape;
  const plane = height * width;
  const counts = new Float64Array(channels * LEVELS);
  for (let i = 0; i < images.count; i++) {
    const pixels = images.pixels(i);
    for (let c = 0; c < channels; c++) {
      for (let at = c * plane; at < (c + 1) * plane; at++) {
        const bin = c * LEVELS + (pixels[at] as number);
        counts[bin] = (counts[bin] as number) + 1;
      }
    }
  }
  return counts;
}

/** A normalisation that gives equal pixels equal values; the others look at whole images. */
export type LevelNormalisation = Extract<Normalisation, { kind: 'mean' | 'mean-deviation' }>;

export function isByLevel(normalisation: Normalisation): normalisation is LevelNormalisation {
  return normalisation.kind === 'mean' || normalisation.kind === 'mean-deviation';
}

/** A normalisation that takes something from each pixel and multiplies those of a channel by one number. */
export type AffineNormalisation = LevelNormalisation | Extract<Normalisation, { kind: 'mean-image' }>;

export function isAffine(normalisation: Normalisation): normalisation is AffineNormalisation {
  return normalisation.kind === 'mean-image' || isByLevel(normalisation);
}

/** What the pixels of each channel are multiplied by. A channel that never varies is not divided. */
export function channelScales(
  { kind }: AffineNormalisation,
  { deviation }: ChannelStatistics,
): readonly number[] {
  return deviation.map(d => (kind === 'mean-deviation' ? 1 / (d || 1) : 1));
}

/** What each level of each channel becomes, `[channels, 256]`. */
export function normalisationTable(
  normalisation: LevelNormalisation,
  statistics: ChannelStatistics,
): Float32Array {
  const { mean } = statistics;
  const table = new Float32Array(mean.length * LEVELS);
  const scales = channelScales(normalisation, statistics);
  mean.forEach((average, c) => {
    const scale = scales[c] as number;
    for (let level = 0; level < LEVELS; level++) table[c * LEVELS + level] = (level - average) * scale;
  });
  return table;
}
