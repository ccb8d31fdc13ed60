import { UsageError } from '../errors/index.js';

/** The logical shape of one image's activations: `[channels, height, width]`. A vector of n is `[n, 1, 1]`. */
export type Shape = readonly [channels: number, height: number, width: number];

/** A sliding window: sizes and strides in pixels, padding per side. */
export interface Window {
  readonly size: readonly [height: number, width: number];
  readonly stride: readonly [vertical: number, horizontal: number];
  readonly padding: readonly [top: number, bottom: number, left: number, right: number];
}

/** Stride and padding of a square window. */
export interface WindowOptions {
  readonly stride?: number;
  /** Pixels added on every side, or `[top, bottom, left, right]`. */
  readonly padding?: number | Window['padding'];
}

/** A square window. */
export function squareWindow(size: number, { stride = 1, padding = 0 }: WindowOptions = {}): Window {
  return {
    size: [size, size],
    stride: [stride, stride],
    padding: typeof padding === 'number' ? [padding, padding, padding, padding] : padding,
  };
}

export function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function shapesEqual(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

export function formatShape(shape: readonly number[]): string {
  return shape.join('x');
}

/**
 * Height and width that a window leaves of a map; a last partial step is dropped (floor), as in the papers.
 * @throws UsageError when the window does not fit.
 */
export function slide(window: Window, [, height, width]: Shape): readonly [height: number, width: number] {
  const [top, bottom, left, right] = window.padding;
  const rows = Math.floor((height + top + bottom - window.size[0]) / window.stride[0]) + 1;
  const columns = Math.floor((width + left + right - window.size[1]) / window.stride[1]) + 1;
  if (rows < 1 || columns < 1) {
    throw new UsageError(
      `A ${formatShape(window.size)} window does not fit a ${height}x${width} map; use a larger input or leave the layer out.`,
    );
  }
  return [rows, columns];
}

export function describeWindow({ size, stride, padding }: Window): string {
  const parts = [formatShape(size)];
  if (stride[0] !== 1 || stride[1] !== 1)
    parts.push(`stride ${stride[0] === stride[1] ? stride[0] : formatShape(stride)}`);
  if (padding.some(p => p !== 0))
    parts.push(`pad ${padding.every(p => p === padding[0]) ? padding[0] : padding.join('/')}`);
  return parts.join(', ');
}
