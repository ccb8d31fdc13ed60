import { createRequire } from 'node:module';
import path from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { registerWasmKernels } from '../wasm-kernels/index.js';
import { selectBackend } from './select-backend.js';

/**
 * WebAssembly with SIMD, from the package's own folder. One thread: the package's thread pool starts browser workers,
 * which Node has not (tensorflow/tfjs issue 3830).
 */
export async function selectWasm(): Promise<void> {
  const { resolve } = createRequire(import.meta.url);
  setWasmPaths(`${path.dirname(resolve('@tensorflow/tfjs-backend-wasm'))}${path.sep}`);
  registerWasmKernels();
  await withoutNewErrorHandlers(() => selectBackend('wasm'));
}

const ERROR_EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/** The module's start-up code takes over the process's errors; they are the application's affair. */
async function withoutNewErrorHandlers(start: () => Promise<void>): Promise<void> {
  const before = new Set<unknown>(ERROR_EVENTS.flatMap(event => process.rawListeners(event)));
  try {
    await start();
  } finally {
    for (const event of ERROR_EVENTS) {
      for (const listener of process.rawListeners(event)) {
        if (!before.has(listener)) process.removeListener(event, listener as (...args: unknown[]) => void);
      }
    }
  }
}
