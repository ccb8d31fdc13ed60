import type { Window } from '../../../network/index.js';

export function poolAttributes({ window }: { readonly window: Window }): Record<string, number[]> {
  const [top, bottom, left, right] = window.padding;
  return {
    kernel_shape: [...window.size],
    strides: [...window.stride],
    pads: [top, left, bottom, right],
  };
}
