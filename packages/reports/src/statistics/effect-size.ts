import { mean, sampleDeviation } from './mean.js';

/**
 * Mean over deviation of paired differences (Cohen's d for pairs), times Hedges' correction 1 - 3 / (4 (n - 1) - 1) for
 * small samples (Hedges 1981, "Distribution theory for Glass's estimator of effect size"; Borenstein et al. 2009,
 * equation 4.22). Null below three pairs, and where all differences are the same.
 */
export function pairedEffectSize(differences: readonly number[]): number | null {
  const freedom = differences.length - 1;
  if (freedom < 2) return null;
  const deviation = sampleDeviation(differences);
  const centre = mean(differences);
  if (deviation <= 1e-12 * Math.abs(centre) || deviation === 0) return null;
  return (centre / deviation) * (1 - 3 / (4 * freedom - 1));
}
