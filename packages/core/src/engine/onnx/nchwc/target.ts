import type { Target } from '../target.js';
import { fromBlocks, toBlocks } from './operators.js';
import { blockedPlan } from './plan.js';

/** A CPU whose ONNX Runtime kernels block channels by 16 (AVX-512) or 8 (AVX, AVX2). */
export function blockedTarget(block: number): Target {
  return {
    name: `nchwc ${block}`,
    description: `kernels for blocks of ${block} channels`,
    plan: (network, separate = new Set()) => blockedPlan(network, separate, block),
    reorder: (graph, value, channels, to) =>
      to === 'blocked' ? toBlocks(graph, value, block) : fromBlocks(graph, value, channels),
  };
}
