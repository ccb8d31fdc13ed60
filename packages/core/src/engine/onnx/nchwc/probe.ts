import { createGraph } from '../graph/graph.js';
import { floatsOf, floatTensor, openSession, type Runtime } from '../runtime.js';

const LARGEST_BLOCK = 16;

/**
 * The number of channels that this CPU's kernels block, or nothing where ONNX Runtime has no such kernels. Of 16
 * numbered channels of two pixels each, a block's worth of even numbers comes first.
 */
export async function probeBlock(runtime: Runtime): Promise<number | undefined> {
  const graph = createGraph();
  const shape = [1, LARGEST_BLOCK, 1, 2];
  const x = graph.input('x', shape);
  graph.output('y', graph.apply('ReorderInput', [x], { shape }, { domain: 'com.microsoft.nchwc' }));
  try {
    const session = await openSession(runtime, graph.finish(), { threads: 1 });
    const numbers = Float32Array.from({ length: 2 * LARGEST_BLOCK }, (_, i) => i);
    const { y } = await session.run({ x: floatTensor(runtime, numbers, shape) });
    await session.release();
    const block = floatsOf(y).indexOf(1);
    return block === 8 || block === LARGEST_BLOCK ? block : undefined;
  } catch {
    // No such operator or kernel: the portable lowering is there for that.
    return undefined;
  }
}
