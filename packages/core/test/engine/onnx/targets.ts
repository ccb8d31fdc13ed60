import type { Engine } from '../../../src/engine/engine.js';
import { bestTarget, loadOnnxEngine } from '../../../src/engine/onnx/engine.js';
import { loadRuntime } from '../../../src/engine/onnx/runtime.js';
import { portable, type Target } from '../../../src/engine/onnx/target.js';

/** The engine for every target that this machine can run. */
export async function targets(): Promise<readonly { name: string; engine: Engine }[]> {
  const best = await bestTarget(await loadRuntime());
  const here: Target[] = best.name === portable.name ? [portable] : [portable, best];
  return Promise.all(
    here.map(async target => ({ name: target.name, engine: await loadOnnxEngine({ target }) })),
  );
}
