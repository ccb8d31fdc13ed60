import type { Shape } from '../network/index.js';
import type { InputSpec } from './input-spec.js';

/** What the worker threads of one pipeline are started with. Held images lie in memory that all threads share. */
export interface WorkerSetup {
  readonly spec: InputSpec;
  readonly images: SharedImages | SharedPhotos;
}

export interface SharedImages {
  readonly kind: 'pixels' | 'values';
  readonly shape: Shape;
  readonly memory: SharedArrayBuffer;
  readonly places?: Uint32Array;
}

export interface SharedPhotos {
  readonly kind: 'photos';
  readonly places?: Uint32Array;
}

/** One batch to make. */
export interface BatchJob {
  readonly id: number;
  readonly epoch: number;
  readonly members: Uint32Array;
  /** Where the images are photographs: each of them, in the order of the members. */
  readonly photos?: readonly PhotoJob[];
}

export interface PhotoJob {
  /** For messages. */
  readonly what: string;
  /** The file to read, or the bytes that were read from wherever they were. */
  readonly from: string | Uint8Array;
}

export type BatchAnswer =
  | { readonly id: number; readonly inputs: Float32Array }
  | { readonly id: number; readonly error: string; readonly isUsage: boolean };
