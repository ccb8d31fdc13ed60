import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  backend_util,
  Conv2D,
  Conv2DBackpropInput,
  type Conv2DBackpropInputAttrs,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { call, floats, wasmKernel } from './kernel-call.js';

type Shape4 = [number, number, number, number];

/**
 * At stride 1 the gradient of a convolution's input is a convolution of the output's gradient with the filters turned
 * by 180 degrees, inputs and outputs exchanged; the stock kernel, a plain loop, is left the other strides.
 */
export const conv2dBackpropInput = wasmKernel<'dy' | 'filter', Conv2DBackpropInputAttrs>(
  Conv2DBackpropInput,
  stock => kernelCall => {
    const { backend, inputs, attrs } = kernelCall;
    const { dy, filter } = inputs;
    const { strides, pad, inputShape } = attrs;
    const { padInfo, strideHeight, strideWidth, filterHeight, filterWidth } = backend_util.computeConv2DInfo(
      inputShape,
      filter.shape as Shape4,
      strides,
      1,
      pad,
    );
    if (strideHeight !== 1 || strideWidth !== 1) return stock(kernelCall);
    const turned = turnedFilters(backend, filter);
    const padding = [
      [0, 0],
      [filterHeight - 1 - padInfo.top, filterHeight - 1 - padInfo.bottom],
      [filterWidth - 1 - padInfo.left, filterWidth - 1 - padInfo.right],
      [0, 0],
    ];
    const window = { strides: 1, dilations: 1, pad: padding, dataFormat: 'NHWC' };
    const dx = call(backend, Conv2D, { x: dy, filter: turned }, window);
    backend.disposeData(turned.dataId);
    return dx;
  },
);

function turnedFilters(backend: BackendWasm, filter: TensorInfo): TensorInfo {
  const [height, width, inputs, outputs] = filter.shape as Shape4;
  const turned = backend.makeOutput([height, width, outputs, inputs], 'float32');
  const [from, to] = [floats(backend, filter), floats(backend, turned)];
  const taps = height * width;
  const area = inputs * outputs;
  for (let tap = 0; tap < taps; tap++) {
    const source = tap * area;
    const target = (taps - 1 - tap) * area;
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++)
        to[target + o * inputs + i] = from[source + i * outputs + o] as number;
    }
  }
  return turned;
}
