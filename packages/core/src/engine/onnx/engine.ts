import type { Engine } from '../engine.js';
import { createEvaluator } from './evaluator.js';
import { probeBlock } from './nchwc/probe.js';
import { blockedTarget } from './nchwc/target.js';
import { loadRuntime, RUNTIME_VERSION, type Runtime } from './runtime.js';
import { agreesWithPortable } from './self-check.js';
import { portable, type Target } from './target.js';
import { createTrainable } from './trainable.js';

export interface OnnxEngineOptions {
  /** What graphs are made for; found out by a probe unless given. */
  readonly target?: Target;
}

/**
 * The engine on onnxruntime-node.
 * @throws UsageError when the package does not load here or is another version, with the way out.
 */
export async function loadOnnxEngine({ target: chosen }: OnnxEngineOptions = {}): Promise<Engine> {
  const runtime = await loadRuntime();
  const target = chosen ?? (await bestTarget(runtime));
  return {
    name: 'onnx',
    version: RUNTIME_VERSION,
    detail: target.description,
    build: (network, options) => createTrainable(runtime, target, network, options),
    evaluator: (network, weights, options) => createEvaluator(runtime, network, weights, options),
  };
}

/** Blocked where this CPU has the kernels and they prove right in a small network, else portable. */
export async function bestTarget(runtime: Runtime): Promise<Target> {
  const block = await probeBlock(runtime);
  if (block === undefined) return portable;
  const blocked = blockedTarget(block);
  return (await agreesWithPortable(runtime, blocked)) ? blocked : portable;
}
