import type { Layer, LayerKind } from '../../network/index.js';

/**
 * What a training step is made of, in seconds, as measured for an engine on this machine in one placement (threads a
 * process, processes at a time). Plain data.
 */
export interface ComputingSpeed {
  /** Of a step, whatever the network. */
  readonly step: number;
  /** Of a layer in a step, however small. */
  readonly layer: number;
  /** Of a multiply-add in one of a layer's three passes, by channels, rising: kernels are made for wide layers. */
  readonly multiplyAdd: readonly MultiplyAddSpeed[];
  /** Of a parameter in a step: its update, and the reading and writing of it. */
  readonly parameter: number;
  /** Of a value that a layer of a kind reads, in a step: passes over memory. */
  readonly value: Readonly<Record<ValueKind, number>>;
  /** Of a layer when a training is built. */
  readonly build: number;
}

export interface EngineSpeed extends ComputingSpeed {
  /** From the start of a process to a loaded engine. */
  readonly start: number;
}

export interface MultiplyAddSpeed {
  readonly channels: number;
  readonly seconds: number;
}

/** Kinds whose passes over memory are measured; `overlappingPool` is a pooling whose windows share values. */
export type ValueKind =
  | Extract<LayerKind, 'relu' | 'batchNorm' | 'localResponseNorm' | 'maxPool' | 'dropout' | 'scaledTanh'>
  | 'overlappingPool';

/** Those of a layer; null where all of its work is multiply-adds, or there is none. */
export function valueKindOf(layer: Layer): ValueKind | null {
  switch (layer.kind) {
    case 'convolution':
    case 'partialConvolution':
    case 'dense':
    case 'flatten':
      return null;
    case 'maxPool':
    case 'averagePool':
      return layer.window.size[0] > layer.window.stride[0] ? 'overlappingPool' : 'maxPool';
    case 'batchNorm':
    case 'localResponseNorm':
    case 'dropout':
    case 'scaledTanh':
      return layer.kind;
    case 'tanh':
      return 'scaledTanh';
    case 'relu':
    case 'add':
    case 'concat':
    case 'channelScale':
    case 'paddedShortcut':
    case 'globalAveragePool':
      return 'relu';
  }
}
