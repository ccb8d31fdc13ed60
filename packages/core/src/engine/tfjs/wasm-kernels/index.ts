import { batchMatMul } from './batch-mat-mul.js';
import { conv2dBackpropFilter } from './conv2d-backprop-filter.js';
import { conv2dBackpropInput } from './conv2d-backprop-input.js';
import { install } from './kernel-call.js';
import { maxPoolGrad } from './max-pool-grad.js';

/** Kernels that training needs and the wasm backend lacks, or has in a form too slow or with other ties. */
const kernels = [batchMatMul, conv2dBackpropFilter, conv2dBackpropInput, maxPoolGrad];

let installed = false;

/** To be called before the backend is selected for the first time, which prepares what is registered. */
export function registerWasmKernels(): void {
  if (installed) return;
  installed = true;
  kernels.forEach(install);
}
