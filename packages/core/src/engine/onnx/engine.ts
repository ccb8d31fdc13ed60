import type { Engine } from '../engine.js';
import { createEvaluator } from './evaluator.js';
import { loadRuntime, RUNTIME_VERSION } from './runtime.js';
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
export async function loadOnnxEngine({ target = portable }: OnnxEngineOptions = {}): Promise<Engine> {
  const runtime = await loadRuntime();
  return {
    name: 'onnx',
    version: RUNTIME_VERSION,
    build: (network, options) => createTrainable(runtime, target, network, options),
    evaluator: (network, weights, options) => createEvaluator(runtime, network, weights, options),
  };
}
