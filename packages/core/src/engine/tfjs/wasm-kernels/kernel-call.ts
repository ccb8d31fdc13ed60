import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  getKernel,
  type KernelConfig,
  type NamedAttrMap,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';

export const WASM = 'wasm';

/** What a kernel computes from: tensors on the wasm heap, not recorded for differentiation. */
export interface KernelCall<Names extends string, Attributes> {
  readonly backend: BackendWasm;
  readonly inputs: Readonly<Record<Names, TensorInfo>>;
  readonly attrs: Attributes;
}

type Kernel<Names extends string, Attributes> = (call: KernelCall<Names, Attributes>) => TensorInfo;

/** A kernel for the wasm backend, given the package's own of that name where it has one. */
export interface WasmKernel {
  readonly name: string;
  readonly make: (stock: KernelConfig['kernelFunc'] | undefined) => KernelConfig['kernelFunc'];
}

/** `Names` are those of the kernel's inputs. */
export function wasmKernel<Names extends string, Attributes>(
  name: string,
  make: (stock: Kernel<Names, Attributes>) => Kernel<Names, Attributes>,
): WasmKernel {
  return {
    name,
    make: stock =>
      make(stock as unknown as Kernel<Names, Attributes>) as unknown as KernelConfig['kernelFunc'],
  };
}

/** Puts a kernel in the place of the package's own, whose preparation still runs: the new one may call it. */
export function install({ name, make }: WasmKernel): void {
  const stock = getKernel(name, WASM) as KernelConfig | undefined;
  if (stock) unregisterKernel(name, WASM);
  registerKernel({
    kernelName: name,
    backendName: WASM,
    kernelFunc: make(stock?.kernelFunc),
    ...(stock?.setupFunc && { setupFunc: stock.setupFunc }),
  });
}

/** Runs another of the backend's kernels. The caller frees the result. */
export function call(
  backend: BackendWasm,
  kernel: string,
  inputs: Record<string, TensorInfo>,
  attrs: object = {},
): TensorInfo {
  const config = getKernel(kernel, WASM);
  return config.kernelFunc({ backend, inputs, attrs: attrs as NamedAttrMap }) as TensorInfo;
}

/** A view of a float tensor on the heap: valid until the next allocation, which may move the heap. */
export function floats(backend: BackendWasm, tensor: TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(tensor) as Float32Array;
}
