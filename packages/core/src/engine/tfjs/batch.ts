import { type Tensor1D, type Tensor4D, tensor1d, tensor4d, tidy, transpose } from '@tensorflow/tfjs-core';
import type { Shape } from '../../network/index.js';

/** Images as layers take them: `[count, height, width, channels]`. */
export function uploadImages(images: Float32Array, count: number, shape: Shape): Tensor4D {
  return tidy(() => transpose(tensor4d(images, [count, ...shape]), [0, 2, 3, 1]));
}

export function uploadLabels(labels: Int32Array): Tensor1D {
  return tensor1d(labels, 'int32');
}
