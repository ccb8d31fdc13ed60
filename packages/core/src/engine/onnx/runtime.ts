import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { messageOf, UsageError } from '../../errors/index.js';
import type { ElementType } from './graph/model-file.js';

export type Runtime = typeof import('onnxruntime-node');

/** The version whose undocumented parts this engine relies on; others are refused. */
export const RUNTIME_VERSION = '1.30.0';

/** @throws UsageError when the package is missing, does not load on this platform, or is another version. */
export async function loadRuntime(): Promise<Runtime> {
  const runtime = await import('onnxruntime-node').catch((error: unknown) => {
    throw new UsageError(
      `onnxruntime-node does not load (${messageOf(error).split('\n')[0]}); run npm ci, or choose another engine.`,
    );
  });
  const version = runtime.env.versions.node;
  if (version !== undefined && version !== RUNTIME_VERSION) {
    throw new UsageError(
      `onnxruntime-node is ${version}; expected ${RUNTIME_VERSION}: run npm ci, or choose another engine.`,
    );
  }
  return runtime;
}

export interface SessionOptions {
  /** All cores unless given. */
  readonly threads?: number;
}

/** A graph ready to run. */
export interface Session {
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
  release(): Promise<void>;
}

const ERRORS_ONLY = 3;

export async function openSession(
  runtime: Runtime,
  file: Uint8Array,
  { threads }: SessionOptions,
): Promise<Session> {
  const options: InferenceSession.SessionOptions = {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    logSeverityLevel: ERRORS_ONLY,
    ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
  };
  const session = await runtime.InferenceSession.create(file, options);
  return {
    run: feeds => session.run(feeds),
    release: () => session.release(),
  };
}

export function floatTensor(runtime: Runtime, data: Float32Array, shape: readonly number[]): Tensor {
  return new runtime.Tensor('float32' satisfies ElementType, data, shape);
}

export function labelTensor(runtime: Runtime, labels: Int32Array): Tensor {
  return new runtime.Tensor('int64' satisfies ElementType, BigInt64Array.from(labels, BigInt), [
    labels.length,
  ]);
}

/** @throws RangeError when a tensor holds no 32-bit floats: the graph that made it is wrong. */
export function floatsOf(tensor: Tensor | undefined): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) throw new RangeError('expected a tensor of 32-bit floats');
  return tensor.data;
}

export function numberOf(tensor: Tensor | undefined): number {
  return floatsOf(tensor)[0] ?? Number.NaN;
}
