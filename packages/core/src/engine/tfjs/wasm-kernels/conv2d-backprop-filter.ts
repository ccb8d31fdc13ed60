import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  backend_util,
  Conv2D,
  Conv2DBackpropFilter,
  type Conv2DBackpropFilterAttrs,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { call, floats, wasmKernel } from './kernel-call.js';

type Shape4 = [number, number, number, number];
type ConvInfo = ReturnType<typeof backend_util.computeConv2DInfo>;

/**
 * The backend has no such kernel. The gradient of the filters is itself a convolution: of the input with channels for
 * images and images for channels, by the output's gradient as the filter, its taps apart by the stride:
 * dw[r, s, c, f] = sum over n, i, j of x[n, i stride + r, j stride + s, c] dy[n, i, j, f].
 */
export const conv2dBackpropFilter = wasmKernel<'x' | 'dy', Conv2DBackpropFilterAttrs>(
  Conv2DBackpropFilter,
  () =>
    ({ backend, inputs, attrs }) => {
      const { strides, pad, filterShape } = attrs;
      const info = backend_util.computeConv2DInfo(inputs.x.shape as Shape4, filterShape, strides, 1, pad);
      const images = channelsAsImages(backend, inputs.x, info);
      const filters = imagesAsChannels(backend, inputs.dy);
      const dilations = [info.strideHeight, info.strideWidth];
      const window = { strides: 1, dilations, pad: 'valid', dataFormat: 'NHWC' };
      const byChannel = call(backend, Conv2D, { x: images, filter: filters }, window);
      const gradient = tapsOutermost(backend, byChannel);
      for (const { dataId } of [images, filters, byChannel]) backend.disposeData(dataId);
      return gradient;
    },
);

/**
 * `[count, height, width, channels]` as `[channels, rows, columns, count]`, with the convolution's padding, and cut to
 * the rows and columns that its windows reach.
 */
function channelsAsImages(backend: BackendWasm, x: TensorInfo, info: ConvInfo): TensorInfo {
  const { batchSize: count, inHeight, inWidth, inChannels: channels, padInfo } = info;
  const rows = (info.outHeight - 1) * info.strideHeight + info.filterHeight;
  const columns = (info.outWidth - 1) * info.strideWidth + info.filterWidth;
  const images = backend.makeOutput([channels, rows, columns, count], 'float32');
  const [from, to] = [floats(backend, x), floats(backend, images)];
  to.fill(0);
  const plane = rows * columns * count;
  const lastRow = Math.min(inHeight, rows - padInfo.top);
  const lastColumn = Math.min(inWidth, columns - padInfo.left);
  for (let row = 0; row < lastRow; row++) {
    for (let column = 0; column < lastColumn; column++) {
      const target = ((row + padInfo.top) * columns + column + padInfo.left) * count;
      for (let n = 0; n < count; n++) {
        const source = ((n * inHeight + row) * inWidth + column) * channels;
        for (let c = 0; c < channels; c++) to[target + c * plane + n] = from[source + c] as number;
      }
    }
  }
  return images;
}

/** `[count, height, width, filters]` as `[height, width, count, filters]`. */
function imagesAsChannels(backend: BackendWasm, dy: TensorInfo): TensorInfo {
  const [count, height, width, filters] = dy.shape as Shape4;
  const turned = backend.makeOutput([height, width, count, filters], 'float32');
  const [from, to] = [floats(backend, dy), floats(backend, turned)];
  const pixels = height * width;
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let n = 0; n < count; n++) {
      const source = (n * pixels + pixel) * filters;
      const target = (pixel * count + n) * filters;
      for (let f = 0; f < filters; f++) to[target + f] = from[source + f] as number;
    }
  }
  return turned;
}

/** `[channels, height, width, filters]` as `[height, width, channels, filters]`. */
function tapsOutermost(backend: BackendWasm, byChannel: TensorInfo): TensorInfo {
  return imagesAsChannels(backend, byChannel);
}
