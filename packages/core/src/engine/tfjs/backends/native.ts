import { createRequire } from 'node:module';
import util from 'node:util';
import { backend, removeBackend } from '@tensorflow/tfjs-core';
import { messageOf, systemCode, UsageError } from '../../../errors/index.js';
import { selectBackend } from './select-backend.js';

/** The name under which both packages register their backend. */
export const NATIVE = 'tensorflow';

export interface NativePackage {
  readonly name: '@tensorflow/tfjs-node' | '@tensorflow/tfjs-node-gpu';
  readonly gpu: boolean;
}

/** The packages share one backend name and one native library, so that a process can hold one of them. */
let loaded: NativePackage['name'] | undefined;

/**
 * Loads TensorFlow itself, an optional dependency whose install script fetches a binary.
 * @throws UsageError saying why it is not to be had: not installed, does not load, no CUDA device, or the other one is
 *   loaded already.
 */
export async function selectNative({ name, gpu }: NativePackage): Promise<void> {
  if (loaded === name) return;
  if (loaded) throw new UsageError(`${loaded} is loaded in this process already; use a process of its own.`);
  await importPackage(name);
  await selectBackend(NATIVE);
  if (gpu && !usesGpu(backend())) {
    removeBackend(NATIVE);
    throw new UsageError(
      `${name} finds no CUDA device; it needs an NVIDIA GPU with CUDA 11.2 and cuDNN 8.1.`,
    );
  }
  loaded = name;
}

async function importPackage(name: string): Promise<void> {
  restoreRemovedChecks();
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  try {
    createRequire(import.meta.url).resolve(`${name}/package.json`);
  } catch (error) {
    if (systemCode(error) !== 'MODULE_NOT_FOUND') throw error;
    throw new UsageError(`not installed; get it with: npm install ${name}@4.22.0`);
  }
  try {
    await import(name);
  } catch (error) {
    const [message = ''] = messageOf(error).split('\n');
    throw new UsageError(`${name} is installed but does not load: ${message.trim()}`);
  }
}

function usesGpu(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'isUsingGpuDevice' in value &&
    value.isUsingGpuDevice === true
  );
}

/** The packages call two functions that Node 23 removed (tensorflow/tfjs issue 8609). */
function restoreRemovedChecks(): void {
  const removed = {
    isNullOrUndefined: (value: unknown): boolean => value === null || value === undefined,
    isArray: Array.isArray,
  };
  for (const [name, check] of Object.entries(removed)) {
    if (!(name in util)) Object.defineProperty(util, name, { value: check, configurable: true });
  }
}
