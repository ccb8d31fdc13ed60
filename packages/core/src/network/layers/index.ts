import type { LayerDefinition } from '../layer-definition.js';
import { add } from './add.js';
import { averagePool } from './average-pool.js';
import { batchNorm } from './batch-norm.js';
import { channelScale } from './channel-scale.js';
import { concat } from './concat.js';
import { convolution } from './convolution.js';
import { dense } from './dense.js';
import { dropout } from './dropout.js';
import { flatten } from './flatten.js';
import { globalAveragePool } from './global-average-pool.js';
import { localResponseNorm } from './local-response-norm.js';
import { maxPool } from './max-pool.js';
import { paddedShortcut } from './padded-shortcut.js';
import { partialConvolution } from './partial-convolution.js';
import { relu } from './relu.js';
import { scaledTanh } from './scaled-tanh.js';
import { tanh } from './tanh.js';

/** Every layer kind. A new one is a file beside this and a line here; its lowerings go to the engines. */
export const layerDefinitions = {
  add,
  averagePool,
  batchNorm,
  channelScale,
  concat,
  convolution,
  dense,
  dropout,
  flatten,
  globalAveragePool,
  localResponseNorm,
  maxPool,
  paddedShortcut,
  partialConvolution,
  relu,
  scaledTanh,
  tanh,
} as const;

type Definitions = typeof layerDefinitions;
export type LayerKind = keyof Definitions;
/** The layer of one kind: `LayerOfKind<'dense'>`. */
export type LayerOfKind<K extends LayerKind> = Definitions[K] extends LayerDefinition<infer L> ? L : never;
export type Layer = { [K in LayerKind]: LayerOfKind<K> }[LayerKind];

export function definitionOf(layer: Layer): LayerDefinition<Layer> {
  // The registry pairs each kind with the definition of that kind, which the type system cannot follow.
  return layerDefinitions[layer.kind] as unknown as LayerDefinition<Layer>;
}
