import { add, matMul, reshape, type Tensor2D } from '@tensorflow/tfjs-core';
import type { LayerOfKind } from '../../../network/index.js';
import { type LayerLowering, onlyInput } from '../lowering.js';

/** Weights are held as `[inputs, units]`: the product that needs no transposition is the fast one on `wasm`. */
export const dense: LayerLowering<LayerOfKind<'dense'>> = {
  heldAxes: { weight: [1, 0] },
  forward(call) {
    const { layer, tensor } = call;
    const input = onlyInput(call);
    const [count, , , inputs] = input.shape;
    const product = matMul(reshape(input, [count, inputs]), tensor('weight') as Tensor2D);
    const output = layer.bias ? add(product, tensor('bias')) : product;
    return reshape(output, [count, 1, 1, layer.units]);
  },
};
