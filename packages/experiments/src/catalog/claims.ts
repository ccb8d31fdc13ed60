import type { CurveMetric, Metric } from './metrics.js';

/**
 * A claim of a paper as a typed statement: what would confirm or refute it, written before the runs are looked at. The
 * words of the claim stay in the paper's file, under the same id; how each kind is decided stands with its test in the
 * reports. Errors and margins are in percentage points; a lower value is the better one everywhere.
 */
export type Claim = ClaimHead & Statement;

export interface ClaimHead {
  /** Of a paper's file, or a user's own. */
  readonly id: string;
  /** A user's own claim in words; those of a paper's stand in its file. */
  readonly words?: string;
  /** Preconditions: where one is not met, the runs decide nothing. */
  readonly gates?: readonly Gate[];
  /**
   * What stands for what below the paper's own size, as in `WRN-16-4 for WRN-28-10`: the verdict then says "proxy". Data
   * that stand in for others are named besides.
   */
  readonly proxy?: string;
}

/** The median over seeds of a variant's metric lies below a bound: "the baseline's training error is below 30 %". */
export interface Gate {
  readonly variant: string;
  readonly metric: Metric;
  readonly below: number;
}

/** A variant, tested as usual, or a variant or ensemble tested by one of the experiment's evaluations. */
export type Term = string | EvaluatedTerm;

export interface EvaluatedTerm {
  readonly variant: string;
  /** By name. */
  readonly evaluation: string;
}

/** What can be claimed. `metric` is the top-1 test error where it is left out. */
export type Statement =
  | Lower
  | Order
  | NoDifference
  | NoGain
  | GainsMore
  | SameNetworks
  | Sooner
  | Threshold
  | Rate
  | CurveShape
  | Count
  | Speed
  | All
  | NeedsPaperScale
  | Recorded;

export type ClaimKind = Statement['kind'];

/** a < b. With the metric `gap` it is a claim on over-fitting. */
export interface Lower {
  readonly kind: 'lower';
  readonly a: Term;
  readonly b: Term;
  readonly metric?: Metric;
}

/** The metric falls along the list. */
export interface Order {
  readonly kind: 'order';
  readonly falling: readonly Term[];
  readonly metric?: Metric;
}

/** a and b differ by less than the margin. */
export interface NoDifference {
  readonly kind: 'no-difference';
  readonly a: Term;
  readonly b: Term;
  readonly margin: number;
  readonly metric?: Metric;
}

/** a is not lower than b by the margin or more: "gains nothing", "at least as good". */
export interface NoGain {
  readonly kind: 'no-gain';
  readonly a: Term;
  readonly b: Term;
  readonly margin: number;
  readonly metric?: Metric;
}

/** The step `more` lowers the metric further than the step `less`: an interaction. */
export interface GainsMore {
  readonly kind: 'gains-more';
  readonly more: GainStep;
  readonly less: GainStep;
  readonly metric?: Metric;
}

export interface GainStep {
  readonly from: Term;
  readonly to: Term;
}

/**
 * a < b where both are tests of the same trained networks on the same images: paired by network and by image. An ensemble
 * is compared with another test of the same runs, or with the mean over its members.
 */
export interface SameNetworks {
  readonly kind: 'same-networks';
  readonly a: Term;
  readonly b: Term;
}

/** a reaches the target in fewer epochs than b. */
export interface Sooner {
  readonly kind: 'sooner';
  readonly a: string;
  readonly b: string;
  readonly curve: CurveMetric['curve'];
  readonly target: number;
}

/** The metric of one variant lies below, or above, a value. */
export interface Threshold {
  readonly kind: 'threshold';
  readonly term: Term;
  readonly is: 'below' | 'above';
  readonly value: number;
  readonly metric?: Metric;
}

/** Fewer seeds of a than of b end with the metric above a value: stalled, failed to learn. */
export interface Rate {
  readonly kind: 'rate';
  readonly a: string;
  readonly b: string;
  readonly event: { readonly metric: Metric; readonly above: number };
  /** Whether a seed means the same start in both: McNemar's test, else Fisher's. */
  readonly paired: boolean;
}

/** How a curve goes between two fractions of the training: rises, falls, or does not rise by the margin or more. */
export interface CurveShape {
  readonly kind: 'curve-shape';
  readonly variant: string;
  readonly curve: CurveMetric['curve'];
  readonly from: number;
  readonly to: number;
  readonly shape: 'rises' | 'falls' | 'no-rise';
  /** For `no-rise`, in the curve's unit. */
  readonly margin?: number;
}

/** Exact, from the paper's networks: a has fewer than b, or about as many as b. */
export interface Count {
  readonly kind: 'count';
  readonly quantity: Quantity;
  readonly a: string;
  /** A variant, or a published number. */
  readonly b: string | number;
  readonly is: 'fewer' | 'about';
  /** For `about`: the largest relative difference. */
  readonly within?: number;
}

export type Quantity = keyof typeof quantities;

/** What is counted in a network's graph. */
export const quantities = {
  parameters: 'parameters',
  multiplyAdds: 'multiply-adds',
  /** That training holds at least, at the paper's batch size: weights, gradients, an optimizer slot, activations. */
  trainingBytes: 'bytes of memory in training',
} as const;

/** A training step of a takes less time than one of b, measured alone and interleaved. */
export interface Speed {
  readonly kind: 'speed';
  readonly a: string;
  readonly b: string;
}

/** Every one of these holds; one that is refuted refutes the claim. */
export interface All {
  readonly kind: 'all';
  readonly of: readonly (SeedStatement | Count | Speed)[];
}

/** What is decided from seeds alone. */
export type SeedStatement =
  | Lower
  | Order
  | NoDifference
  | NoGain
  | GainsMore
  | SameNetworks
  | Sooner
  | Threshold
  | Rate
  | CurveShape;

/** Only runs of the paper's own size can decide it. */
export interface NeedsPaperScale {
  readonly kind: 'needs-paper-scale';
  readonly why: string;
  /** How the `paper` profile decides it. */
  readonly statement?: SeedStatement | All;
}

/** The paper's number is shown, nothing of ours: detectors, SIFT, contests. */
export interface Recorded {
  readonly kind: 'recorded';
  readonly why: string;
}

/** As `a` has a lower metric than each of the others: "the best of six". */
export function lowest(a: Term, others: readonly Term[], metric?: Metric): All {
  return { kind: 'all', of: others.map(b => ({ kind: 'lower', a, b, ...(metric && { metric }) })) };
}
