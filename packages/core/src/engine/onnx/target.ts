import type { Network } from '../../network/index.js';
import type { Reorder } from './emit.js';
import { type Plan, portablePlan } from './plan.js';

/** What kind of machine a graph is for. */
export interface Target {
  readonly name: string;
  /** For people. */
  readonly description: string;
  /** `separate` names layers whose outputs must exist by themselves, not inside a fused operator. */
  plan(network: Network, separate?: ReadonlySet<string>): Plan;
  readonly reorder: Reorder;
}

/** Any machine: standard operators, one layout. */
export const portable: Target = {
  name: 'portable',
  description: 'standard operators: no blocked kernels for this CPU, which is slower',
  plan: portablePlan,
  reorder() {
    throw new RangeError('the portable target has one layout');
  },
};
