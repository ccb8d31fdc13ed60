/** The three ways of testing of VGG's tables 5 to 7, at Q = 256, 384, 512, and who is tested how in a table that is on jittered nets. */
import type { TableEvaluation, Variant } from '../experiment.js';
import { denseAt, gridAt } from './scales.js';

const Q = [256, 384, 512] as const;

export type Method = 'dense' | 'multi-crop' | 'multi-crop + dense';

/** One of the ways on test images, under the name that the paper has for it. */
export function methodAt(method: Method, crop: number, of: readonly string[]): TableEvaluation {
  const [dense, grid] = [denseAt(crop, ...Q), gridAt(crop, ...Q)];
  const protocol = {
    dense,
    'multi-crop': grid,
    'multi-crop + dense': { kind: 'combined', parts: [grid, dense] } as const,
  }[method];
  return { name: method, protocol, split: 'test', of };
}

/** The same variants, of which the table has no rows: it is on their averages, or tells them by other cells. */
export function withoutRows(variants: readonly Variant[]): readonly Variant[] {
  return variants.map(({ paperRow: _, ...variant }) => variant);
}
