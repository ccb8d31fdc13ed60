import { backend_util, MaxPoolGrad, type MaxPoolGradAttrs } from '@tensorflow/tfjs-core';
import { floats, wasmKernel } from './kernel-call.js';

/**
 * Gradient of max-pooling: to the first largest value of each window in rows, as PyTorch and the `cpu` backend have it.
 * The stock kernel takes the last, which differs wherever rectified maps are zero all over a window.
 */
export const maxPoolGrad = wasmKernel<'dy' | 'input' | 'output', MaxPoolGradAttrs>(
  MaxPoolGrad,
  () =>
    ({ backend, inputs, attrs }) => {
      const { filterSize, strides, pad } = attrs;
      const shape = inputs.input.shape as [number, number, number, number];
      const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad);
      const output = backend.makeOutput(shape, 'float32');
      const [x, dy, dx] = [
        floats(backend, inputs.input),
        floats(backend, inputs.dy),
        floats(backend, output),
      ];
      dx.fill(0);
      scatterToFirstMaxima(x, dy, dx, info);
      return output;
    },
);

type PoolInfo = ReturnType<typeof backend_util.computePool2DInfo>;

function scatterToFirstMaxima(x: Float32Array, dy: Float32Array, dx: Float32Array, info: PoolInfo): void {
  const { inHeight, inWidth, inChannels: channels, outHeight, outWidth, padInfo } = info;
  let out = 0;
  for (let n = 0; n < info.batchSize; n++) {
    const image = n * inHeight * inWidth * channels;
    for (let i = 0; i < outHeight; i++) {
      const top = i * info.strideHeight - padInfo.top;
      const bottom = Math.min(inHeight, top + info.filterHeight);
      for (let j = 0; j < outWidth; j++) {
        const left = j * info.strideWidth - padInfo.left;
        const right = Math.min(inWidth, left + info.filterWidth);
        const first = image + (Math.max(0, top) * inWidth + Math.max(0, left)) * channels;
        for (let c = 0; c < channels; c++, out++) {
          let largest = first + c;
          for (let row = Math.max(0, top); row < bottom; row++) {
            for (let column = Math.max(0, left); column < right; column++) {
              const place = image + (row * inWidth + column) * channels + c;
              if ((x[place] as number) > (x[largest] as number)) largest = place;
            }
          }
          dx[largest] = (dx[largest] as number) + (dy[out] as number);
        }
      }
    }
  }
}
