import type { Graph, Value } from '../graph/graph.js';
import { concatenate, reshape } from '../graph/operators.js';

/** One blocked map out of the maps of its phases: pixel (i, j) of `grid[r][c]` goes to (rows i + r, columns j + c). */
export function interleave(graph: Graph, grid: readonly (readonly Value[])[], block: number): Value {
  const [batch = 1, channels = 1, tall = 1, wide = 1] = grid[0]?.[0]?.shape ?? [];
  const pixels = (batch * channels * tall * wide) / block;
  const lines = grid.map(row => {
    const columns = row.map(value => reshape(graph, value, [pixels, block]));
    const line = concatenate(graph, columns, 1);
    return reshape(graph, line, [pixels / wide, wide * row.length * block]);
  });
  const columns = grid[0]?.length ?? 1;
  return reshape(graph, concatenate(graph, lines, 1), [batch, channels, tall * grid.length, wide * columns]);
}
