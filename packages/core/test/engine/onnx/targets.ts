import type { Engine } from '../../../src/engine/engine.js';
import { loadOnnxEngine } from '../../../src/engine/onnx/engine.js';
import { portable, type Target } from '../../../src/engine/onnx/target.js';

/** The engine for every target that this machine can run. */
export async function targets(): Promise<readonly { name: string; engine: Engine }[]> {
  const here: Target[] = [portable];
  return Promise.all(
    here.map(async target => ({ name: target.name, engine: await loadOnnxEngine({ target }) })),
  );
}
