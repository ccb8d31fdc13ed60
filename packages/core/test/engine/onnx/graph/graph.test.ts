import { describe, expect, it } from 'vitest';
import { createGraph, type Graph } from '../../../../src/engine/onnx/graph/graph.js';
import {
  add,
  concatenate,
  gemm,
  multiply,
  pad,
  reshape,
  slice,
  sum,
  transpose,
} from '../../../../src/engine/onnx/graph/operators.js';
import { floatsOf, floatTensor, loadRuntime, openSession } from '../../../../src/engine/onnx/runtime.js';

const runtime = await loadRuntime();

/** Runs a graph over one input x of shape [2, 3] holding 0 to 5. */
async function results(build: (graph: Graph) => void): Promise<Record<string, number[]>> {
  const graph = createGraph();
  build(graph);
  const session = await openSession(runtime, graph.finish(), { threads: 1 });
  const x = floatTensor(runtime, Float32Array.of(0, 1, 2, 3, 4, 5), [2, 3]);
  const outputs = await session.run({ x });
  await session.release();
  return Object.fromEntries(
    Object.entries(outputs).map(([name, tensor]) => [`${name} ${tensor.dims}`, [...floatsOf(tensor)]]),
  );
}

describe('a graph', () => {
  it('hands out computed values, inputs, constants, and one value under two names', async () => {
    const found = await results(graph => {
      const x = graph.input('x', [2, 3]);
      const doubled = multiply(graph, x, 2);
      graph.output('doubled', doubled);
      graph.output('again', doubled);
      graph.output('same', x);
      graph.output('constant', graph.constant(Float32Array.of(7), [1]));
      graph.output('more', add(graph, doubled, 1));
    });
    expect(found).toEqual({
      'doubled 2,3': [0, 2, 4, 6, 8, 10],
      'again 2,3': [0, 2, 4, 6, 8, 10],
      'same 2,3': [0, 1, 2, 3, 4, 5],
      'constant 1': [7],
      'more 2,3': [1, 3, 5, 7, 9, 11],
    });
  });

  it('knows the shapes that operators give', async () => {
    const found = await results(graph => {
      const x = graph.input('x', [2, 3]);
      graph.output('transposed', transpose(graph, x, [1, 0]));
      graph.output('cut', slice(graph, x, [1], [0], [3], [2]));
      graph.output('padded', pad(graph, x, [0, 1], [0, -1]));
      graph.output('joined', concatenate(graph, [x, x], 1));
      graph.output('product', gemm(graph, x, x, { transposeB: true }));
      graph.output('summed', sum(graph, x, [0]));
      graph.output('flat', reshape(graph, x, [6]));
    });
    expect(found).toEqual({
      'transposed 3,2': [0, 3, 1, 4, 2, 5],
      'cut 2,2': [0, 2, 3, 5],
      'padded 2,3': [0, 0, 1, 0, 3, 4],
      'joined 2,6': [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5],
      'product 2,2': [5, 14, 14, 50],
      'summed 3': [3, 5, 7],
      'flat 6': [0, 1, 2, 3, 4, 5],
    });
  });

  it('leaves out what no output needs', () => {
    const build = (surplus: boolean): number => {
      const graph = createGraph();
      const x = graph.input('x', [2, 3]);
      if (surplus) multiply(graph, x, graph.input('unused', [2, 3]));
      graph.output('y', add(graph, x, 1));
      return graph.finish().length;
    };
    // The name of the one operation that stays counts the one that went.
    expect(build(true)).toBe(build(false));
  });

  it('refuses to reshape to another size', () => {
    const graph = createGraph();
    expect(() => reshape(graph, graph.input('x', [2, 3]), [5])).toThrow(RangeError);
  });
});
