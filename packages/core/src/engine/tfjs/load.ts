import type { Engine } from '../engine.js';
import { selectCpu } from './backends/cpu.js';
import { NATIVE, selectNative } from './backends/native.js';
import { selectWasm } from './backends/wasm.js';
import { tfjsEngine } from './engine.js';

/** The engines on TensorFlow.js by name: which backend they use, and how it is made ready. */
const backends = {
  'tensorflow-gpu': {
    backend: NATIVE,
    select: () => selectNative({ name: '@tensorflow/tfjs-node-gpu', gpu: true }),
  },
  tensorflow: { backend: NATIVE, select: () => selectNative({ name: '@tensorflow/tfjs-node', gpu: false }) },
  wasm: { backend: 'wasm', select: selectWasm },
  cpu: { backend: 'cpu', select: selectCpu },
} as const satisfies Record<string, { readonly backend: string; select(): Promise<void> }>;

export type TfjsEngineName = keyof typeof backends;

/** @throws an error whose message says why the engine is not to be had on this machine. */
export async function loadTfjsEngine(name: TfjsEngineName): Promise<Engine> {
  const { backend, select } = backends[name];
  await select();
  return tfjsEngine(name, backend);
}
