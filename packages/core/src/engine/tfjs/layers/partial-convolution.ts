import { add, conv2d, matMul, reshape, type Tensor4D, tensor2d, transpose } from '@tensorflow/tfjs-core';
import { connectionMatrix, type LayerOfKind } from '../../../network/index.js';
import { type LayerLowering, onlyInput } from '../lowering.js';
import { padded } from '../padding.js';

/** The kernels, put into their places in a dense filter bank that is zero elsewhere. */
export const partialConvolution: LayerLowering<LayerOfKind<'partialConvolution'>> = {
  forward(call) {
    const { layer, tensor } = call;
    const { size, stride, padding } = layer.window;
    const input = onlyInput(call);
    const channels = input.shape[3];
    const { shape, data } = connectionMatrix(layer, channels);
    const kernels = reshape(tensor('weight'), [shape[1], size[0] * size[1]]);
    const places = tensor2d(data, [...shape]);
    const bank = reshape(matMul(places, kernels), [layer.connections.length, channels, ...size]);
    const filters = transpose(bank, [2, 3, 1, 0]) as Tensor4D;
    return add(conv2d(padded(input, padding, 0), filters, [...stride], 'valid'), tensor('bias'));
  },
};
