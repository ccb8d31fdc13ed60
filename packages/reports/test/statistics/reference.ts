import { readFileSync } from 'node:fs';
import type { FourFold, Interval } from '../../src/statistics/index.js';

/** What `fixtures/statistics.py` computed. */
interface Reference {
  readonly paired: readonly PairedCase[];
  readonly bca: readonly { readonly values: readonly number[]; readonly interval: Interval }[];
  readonly page: readonly PageCase[];
  readonly pageApproximations: readonly PageCase[];
  readonly tables: readonly { readonly table: FourFold; readonly fisher: number; readonly mcNemar: number }[];
  readonly ranks: readonly {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly spearman: number;
    readonly kendall: number;
  }[];
  readonly twoWay: readonly {
    readonly values: readonly (readonly number[])[];
    readonly mean: number;
    readonly bootstrapVariance: number;
  }[];
  readonly power: readonly {
    readonly pairs: number;
    readonly level: number;
    readonly effect: number;
  }[];
  readonly quantiles: readonly {
    readonly sorted: readonly number[];
    readonly shares: readonly number[];
    readonly quantiles: readonly number[];
  }[];
}

interface PairedCase {
  readonly differences: readonly number[];
  readonly signFlip: number;
  readonly t95?: Interval;
  readonly inclusion?: {
    readonly bounds: Interval;
    readonly interval: Interval;
    readonly pInside: number;
    readonly pInsideLow: number;
    readonly pOutside: number;
  };
  readonly effectSize?: number | null;
  readonly wins?: { readonly probability: number; readonly interval: Interval };
}

interface PageCase {
  readonly blocks: readonly (readonly number[])[];
  readonly statistic: number;
  readonly p: number;
}

/** What `fixtures/holm.R` computed. */
interface HolmReference {
  readonly cases: readonly {
    readonly p: readonly number[];
    readonly family: number;
    readonly adjusted: readonly number[];
  }[];
}

export const reference: Reference = read('statistics.json');
export const holmReference: HolmReference = read('holm.json');

function read<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8'));
}
