import { getBackend, setBackend } from '@tensorflow/tfjs-core';

/**
 * Runs a synchronous piece of work on a backend. TensorFlow.js has one current backend per process, and engines of
 * several may be alive: each piece of work makes its own backend the current one first, and nothing awaits inside it.
 */
export function on<T>(backend: string, work: () => T): T {
  // Only a backend's first selection has anything to wait for, and engines are loaded with that behind them.
  if (getBackend() !== backend) void setBackend(backend);
  return work();
}
