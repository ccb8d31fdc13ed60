/**
 * Holm's step-down adjustment (Holm 1979, "A simple sequentially rejective multiple test procedure"): an adjusted p of at
 * most 5 % rejects with a family-wise error of at most 5 %, whatever the tests' dependence.
 * @param family number of claims meant to be tested; those without a p count as not rejected.
 */
export function holm(ps: readonly number[], family = ps.length): readonly number[] {
  const order = ps.map((_, i) => i).sort((i, j) => (ps[i] as number) - (ps[j] as number));
  const adjusted = new Array<number>(ps.length);
  let largest = 0;
  order.forEach((i, place) => {
    largest = Math.max(largest, Math.min(1, (family - place) * (ps[i] as number)));
    adjusted[i] = largest;
  });
  return adjusted;
}
