/** A number that each run has, lower being better. */
export type Metric = RunMetric | CurveMetric;

/** Errors and gaps in percent, losses in nats; the last two of experiments that measure responses. */
export const runMetrics = {
  top1Error: { title: 'top-1 test error', unit: 'points' },
  top5Error: { title: 'top-5 test error', unit: 'points' },
  /** On the clean training images, in evaluation mode. */
  trainError: { title: 'top-1 training error', unit: 'points' },
  /** Test minus training error: over-fitting. */
  gap: { title: 'gap between test and training error', unit: 'points' },
  testLoss: { title: 'test loss', unit: 'nats' },
  /** On the clean training images, in evaluation mode. */
  trainLoss: { title: 'training loss', unit: 'nats' },
  /** Standard deviation of a layer's outputs behind batch norm, mean over the layers. */
  response: { title: 'mean response of the layers', unit: 'units' },
  /** Powers of ten by which the loss's gradient is smaller at the first of these layers than at the last. */
  fading: { title: 'fading of the gradient towards the first layer', unit: 'decades' },
} as const satisfies Record<string, { title: string; unit: Unit }>;
export type RunMetric = keyof typeof runMetrics;

export type Unit = 'points' | 'nats' | 'units' | 'decades';

/** Quantities by epoch; the first two are over an epoch's batches, as trained on. */
export const curves = {
  trainLoss: { title: 'training loss', unit: 'nats' },
  trainError: { title: 'training error', unit: 'points' },
  testError: { title: 'test error', unit: 'points' },
} as const satisfies Record<string, { title: string; unit: Unit }>;
export type Curve = keyof typeof curves;

/** A feature of a learning curve between two fractions of the training, `0 <= from < to <= 1`. */
export interface CurveMetric {
  readonly curve: Curve;
  readonly from: number;
  readonly to: number;
  /**
   * `mean`: of the epochs after `from` up to `to`. `change`: the last value up to `to` minus the last up to `from`.
   * `bump`: the highest value after `from` up to `to` minus the last up to `from`.
   */
  readonly feature: 'mean' | 'change' | 'bump';
}

export function metricTitle(metric: Metric): string {
  if (typeof metric === 'string') return runMetrics[metric].title;
  const span = `between ${metric.from} and ${metric.to} of the training`;
  return `${metric.feature} of the ${curves[metric.curve].title} ${span}`;
}

export function metricUnit(metric: Metric): Unit {
  return typeof metric === 'string' ? runMetrics[metric].unit : curves[metric.curve].unit;
}
