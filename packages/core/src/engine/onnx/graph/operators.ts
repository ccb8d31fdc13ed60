import { elements } from '../../../network/index.js';
import type { Graph, Value } from './graph.js';

/** Standard ONNX operators as functions that know the shape of their result. */

export function scalar(graph: Graph, value: number): Value {
  return graph.constant(Float32Array.of(value), []);
}

function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  const size = (shape: readonly number[], axis: number): number => shape[axis - rank + shape.length] ?? 1;
  return Array.from({ length: rank }, (_, axis) => Math.max(size(a, axis), size(b, axis)));
}

type Binary = (graph: Graph, a: Value, b: Value | number) => Value;

function binary(operator: string): Binary {
  return (graph, a, b) => {
    const second = typeof b === 'number' ? scalar(graph, b) : b;
    return graph.apply(operator, [a, second], { shape: broadcast(a.shape, second.shape) });
  };
}

export const add = binary('Add');
export const subtract = binary('Sub');
export const multiply = binary('Mul');
export const divide = binary('Div');

type Unary = (graph: Graph, x: Value) => Value;

function unary(operator: string): Unary {
  return (graph, x) => graph.apply(operator, [x], { shape: x.shape });
}

export const exponential = unary('Exp');
export const logarithm = unary('Log');
export const negate = unary('Neg');
export const relu = unary('Relu');
export const sign = unary('Sign');
export const squareRoot = unary('Sqrt');
export const tanh = unary('Tanh');

/** 1 where two values are equal, else 0. */
export function equal(graph: Graph, a: Value, b: Value): Value {
  const shape = broadcast(a.shape, b.shape);
  return cast(graph, graph.apply('Equal', [a, b], { shape, type: 'bool' }), 'float32');
}

const TYPE_CODES = { float32: 1, int64: 7 } as const;

export function cast(graph: Graph, x: Value, type: keyof typeof TYPE_CODES): Value {
  return graph.apply('Cast', [x], { shape: x.shape, type }, { attributes: { to: TYPE_CODES[type] } });
}

export function reshape(graph: Graph, x: Value, shape: readonly number[]): Value {
  if (elements(shape) !== elements(x.shape)) {
    throw new RangeError(`${x.name} of shape [${x.shape}] does not reshape to [${shape}].`);
  }
  if (shape.length === x.shape.length && shape.every((size, axis) => size === x.shape[axis])) return x;
  return graph.apply('Reshape', [x, graph.integers(shape)], { shape, type: x.type });
}

export function transpose(graph: Graph, x: Value, order: readonly number[]): Value {
  const shape = order.map(axis => x.shape[axis] ?? 1);
  return graph.apply('Transpose', [x], { shape, type: x.type }, { attributes: { perm: order } });
}

/** Rows of the last axis by their numbers, in a shape that has as many. */
export function gatherRows(graph: Graph, x: Value, rows: readonly number[], shape: readonly number[]): Value {
  const size = x.shape.at(-1) ?? 1;
  const all = reshape(graph, x, [elements(x.shape) / size, size]);
  if (rows.length === all.shape[0] && rows.every((row, i) => row === i)) return reshape(graph, x, shape);
  const picked = graph.apply('Gather', [all, graph.integers(rows)], { shape: [rows.length, size] });
  return reshape(graph, picked, shape);
}

/** `transpose` that leaves the last axis last: `Gather` copies rows on all threads, `Transpose` on one. */
export function transposeRows(graph: Graph, x: Value, order: readonly number[]): Value {
  const shape = [...order.map(axis => x.shape[axis] ?? 1), x.shape.at(-1) ?? 1];
  const strides = order.map(axis => elements(x.shape.slice(axis + 1, -1)));
  const rows = order.reduce<readonly number[]>(
    (starts, _, i) =>
      starts.flatMap(start => Array.from({ length: shape[i] ?? 1 }, (_, n) => start + n * (strides[i] ?? 1))),
    [0],
  );
  return gatherRows(graph, x, rows, shape);
}

type Reduction = (
  graph: Graph,
  x: Value,
  axes: readonly number[],
  options?: { readonly keep?: boolean },
) => Value;

function reduction(operator: string): Reduction {
  return (graph, x, axes, { keep = false } = {}) => {
    const sizes = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
    const shape = keep ? sizes : sizes.filter((_, axis) => !axes.includes(axis));
    return graph.apply(
      operator,
      [x, graph.integers(axes)],
      { shape },
      { attributes: { keepdims: keep ? 1 : 0 } },
    );
  };
}

export const sum = reduction('ReduceSum');
export const mean = reduction('ReduceMean');

/** Cuts `[starts, ends)` with steps out of the named axes. */
export function slice(
  graph: Graph,
  x: Value,
  axes: readonly number[],
  starts: readonly number[],
  ends: readonly number[],
  steps: readonly number[] = axes.map(() => 1),
): Value {
  const shape = [...x.shape];
  axes.forEach((axis, i) => {
    shape[axis] = Math.ceil(((ends[i] ?? 0) - (starts[i] ?? 0)) / (steps[i] ?? 1));
  });
  const inputs = [starts, ends, axes, steps].map(values => graph.integers(values));
  return graph.apply('Slice', [x, ...inputs], { shape });
}

/** Adds zeros before and after each axis; negative counts cut. */
export function pad(graph: Graph, x: Value, before: readonly number[], after: readonly number[]): Value {
  if ([...before, ...after].every(n => n === 0)) return x;
  const shape = x.shape.map((size, axis) => size + (before[axis] ?? 0) + (after[axis] ?? 0));
  return graph.apply('Pad', [x, graph.integers([...before, ...after])], { shape });
}

export function concatenate(graph: Graph, parts: readonly Value[], axis: number): Value {
  const [first] = parts;
  if (!first) throw new RangeError('nothing to concatenate');
  const total = parts.reduce((n, part) => n + (part.shape[axis] ?? 0), 0);
  const shape = first.shape.map((size, i) => (i === axis ? total : size));
  return parts.length === 1 ? first : graph.apply('Concat', parts, { shape }, { attributes: { axis } });
}

/** Equal parts along an axis. */
export function split(graph: Graph, x: Value, axis: number, parts: number): readonly Value[] {
  const shape = x.shape.map((size, i) => (i === axis ? size / parts : size));
  const results = Array.from({ length: parts }, () => ({ shape }));
  return graph.applyMany('Split', [x], results, { attributes: { axis, num_outputs: parts } });
}

/** `[…, m, k] x […, k, n]`. */
export function matrixProduct(graph: Graph, a: Value, b: Value): Value {
  const shape = [...a.shape.slice(0, -1), b.shape.at(-1) ?? 1];
  return graph.apply('MatMul', [a, b], { shape });
}

/** a b + c for matrices, either of them transposed first. */
export function gemm(
  graph: Graph,
  a: Value,
  b: Value,
  {
    c,
    transposeA = false,
    transposeB = false,
  }: { c?: Value; transposeA?: boolean; transposeB?: boolean } = {},
): Value {
  const shape = [a.shape[transposeA ? 1 : 0] ?? 1, b.shape[transposeB ? 0 : 1] ?? 1];
  const attributes = { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0 };
  return graph.apply('Gemm', c ? [a, b, c] : [a, b], { shape }, { attributes });
}

/** Repeats a value along its axes of size one. */
export function expand(graph: Graph, x: Value, shape: readonly number[]): Value {
  return graph.apply('Expand', [x, graph.integers(shape)], { shape });
}
