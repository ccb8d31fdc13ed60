import { UsageError } from '../errors/index.js';
import type { Parameter, Statistic } from './layer-definition.js';
import { definitionOf, type Layer } from './layers/index.js';
import { formatShape, type Shape } from './shape.js';

/** The name by which nodes refer to the network's input. */
export const IMAGE = 'image';

/** One layer in its place, with everything that follows from it: the only source of shapes and counts. */
export interface NetworkNode {
  /** By stage, so that the same name means the same layer in every net of a family (`conv3_2`). */
  readonly name: string;
  readonly layer: Layer;
  /** Names of earlier nodes, or `image`. */
  readonly inputs: readonly string[];
  readonly output: Shape;
  readonly parameters: readonly Parameter[];
  readonly statistics: readonly Statistic[];
  /** Of one image; convolutions, dense layers and trained sub-sampling only. */
  readonly multiplyAdds: number;
}

/**
 * A second classifier somewhere inside, for training alone: `weight` times its softmax cross-entropy is added to the
 * loss that is differentiated. Losses that are reported, evaluation, published counts and trained weights leave it out.
 */
export interface AuxiliaryHead {
  /** The node whose output is its logits, one a class; no layer reads it. */
  readonly logits: string;
  readonly weight: number;
}

/** An immutable graph of layers, in an order in which it can be computed. The last node's output is the logits. */
export interface Network {
  readonly name: string;
  readonly input: Shape;
  readonly classes: number;
  readonly nodes: readonly NetworkNode[];
  /** Absent where there is none. */
  readonly auxiliary?: readonly AuxiliaryHead[];
}

/** Where a block is attached: the node it reads, and what it appends to. */
export interface Place {
  readonly at: string;
  readonly shape: Shape;
  add(name: string, layer: Layer, inputs: readonly Place[]): Place;
  /** Ends an auxiliary head here. */
  endAuxiliary(weight: number): void;
}

/** A piece of a network: appends its layers after `from` and returns where it ends. */
export type Block = (from: Place) => Place;

export interface NetworkOptions {
  readonly name: string;
  readonly input: Shape;
  readonly classes: number;
}

/**
 * Builds the graph of `body`, inferring every shape.
 * @throws UsageError naming the layer when a layer does not fit its input, a name is used twice, or an output (an auxiliary head's too) is not one logit per class.
 */
export function network({ name, input, classes }: NetworkOptions, body: Block): Network {
  const nodes: NetworkNode[] = [];
  const auxiliary: AuxiliaryHead[] = [];
  const names = new Set<string>([IMAGE]);

  const placeOf = (at: string, shape: Shape): Place => ({
    at,
    shape,
    add(nodeName, layer, inputs) {
      if (names.has(nodeName)) throw new UsageError(`Network ${name}: two layers are named "${nodeName}".`);
      names.add(nodeName);
      const node = inPlace(name, nodeName, layer, inputs);
      nodes.push(node);
      return placeOf(nodeName, node.output);
    },
    endAuxiliary(weight) {
      checkAuxiliary(name, classes, { at, shape }, weight);
      auxiliary.push(Object.freeze({ logits: at, weight }));
    },
  });

  const end = body(placeOf(IMAGE, input));
  if (end.at !== nodes.at(-1)?.name || end.shape[0] !== classes || end.shape[1] * end.shape[2] !== 1) {
    throw new UsageError(
      `Network ${name} ends in ${formatShape(end.shape)} at "${end.at}"; expected ${classes} logits (${classes}x1x1) at its last layer.`,
    );
  }
  const read = new Set(nodes.flatMap(node => node.inputs));
  const inside = auxiliary.find(({ logits }) => logits === end.at || read.has(logits));
  if (inside) {
    throw new UsageError(
      `Network ${name}: the auxiliary head "${inside.logits}" is part of the main path; give it layers of its own.`,
    );
  }
  const heads = auxiliary.length > 0 && { auxiliary: Object.freeze(auxiliary) };
  return Object.freeze({ name, input, classes, nodes: Object.freeze(nodes), ...heads });
}

function checkAuxiliary(
  network: string,
  classes: number,
  { at, shape }: Pick<Place, 'at' | 'shape'>,
  weight: number,
): void {
  if (shape[0] !== classes || shape[1] * shape[2] !== 1) {
    throw new UsageError(
      `Network ${network}: an auxiliary head ends in ${formatShape(shape)} at "${at}"; expected ${classes} logits (${classes}x1x1).`,
    );
  }
  if (!(weight > 0 && Number.isFinite(weight))) {
    throw new UsageError(
      `Network ${network}: the auxiliary head "${at}" has weight ${weight}; expected a number above 0.`,
    );
  }
}

function inPlace(networkName: string, name: string, layer: Layer, inputs: readonly Place[]): NetworkNode {
  const definition = definitionOf(layer);
  const shapes = inputs.map(place => place.shape);
  try {
    return Object.freeze({
      name,
      layer: Object.freeze(layer),
      inputs: inputs.map(place => place.at),
      output: definition.output(layer, ...shapes),
      parameters: definition.parameters?.(layer, ...shapes) ?? [],
      statistics: definition.statistics?.(layer, ...shapes) ?? [],
      multiplyAdds: definition.multiplyAdds?.(layer, ...shapes) ?? 0,
    });
  } catch (error) {
    if (error instanceof UsageError)
      throw new UsageError(`Network ${networkName}, layer "${name}": ${error.message}`);
    throw error;
  }
}

/** The shapes that a node reads. */
export function inputShapes(net: Network, node: NetworkNode): readonly Shape[] {
  return node.inputs.map(name => (name === IMAGE ? net.input : nodeNamed(net, name).output));
}

/** Nodes by name, of each list of nodes that was asked: nets of a thousand layers are asked for all of them. */
const byName = new WeakMap<readonly NetworkNode[], ReadonlyMap<string, NetworkNode>>();

/** @throws UsageError when there is none. */
export function nodeNamed({ name: net, nodes }: Network, name: string): NetworkNode {
  const known = byName.get(nodes) ?? new Map(nodes.map(node => [node.name, node]));
  byName.set(nodes, known);
  const node = known.get(name);
  if (!node) throw new UsageError(`Network ${net} has no layer "${name}".`);
  return node;
}
