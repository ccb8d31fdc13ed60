import type { Gate } from './claims.js';

/**
 * An under-trained net says only that it is late: each of these must have learnt its clean training images to less than so
 * many percent error.
 */
export function haveLearnt(below: number, ...names: readonly string[]): readonly Gate[] {
  return names.map(variant => ({ variant, metric: 'trainError', below }));
}
