import { createGraph } from '../onnx/graph/graph.js';
import { floatTensor, loadRuntime, openSession } from '../onnx/runtime.js';

const SHAPE = [32, 128, 28, 28] as const;
const REPETITIONS = 9;

/**
 * Billions of floating-point operations a second that this CPU reaches on a large 3x3 convolution, as ONNX Runtime
 * computes it: the yardstick for whole training steps. The best of several.
 */
export async function convolutionSpeed(threads: number): Promise<number> {
  const runtime = await loadRuntime();
  const [batch, channels, height, width] = SHAPE;
  const graph = createGraph();
  const x = graph.input('x', SHAPE);
  const weight = graph.constant(new Float32Array(channels * channels * 9).fill(0.01), [
    channels,
    channels,
    3,
    3,
  ]);
  const attributes = { kernel_shape: [3, 3], pads: [1, 1, 1, 1] };
  const y = graph.apply('Conv', [x, weight], { shape: SHAPE }, { attributes });
  // Only a number leaves the graph, so that no time goes into copying.
  const shape = [batch, channels, 1, 1];
  graph.output('mean', graph.apply('GlobalAveragePool', [y], { shape }));
  const session = await openSession(runtime, graph.finish(), { threads });
  const feeds = {
    x: floatTensor(runtime, new Float32Array(batch * channels * height * width).fill(1), SHAPE),
  };
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < REPETITIONS; i++) {
    const before = performance.now();
    await session.run(feeds);
    best = Math.min(best, (performance.now() - before) / 1000);
  }
  await session.release();
  return (2 * 9 * batch * channels * channels * height * width) / best / 1e9;
}
