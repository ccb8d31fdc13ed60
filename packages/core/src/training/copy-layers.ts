import type { State, Tensor } from '../engine/index.js';
import { UsageError } from '../errors/index.js';
import { formatShape, layersNamed, type Network, type NetworkNode, shapesEqual } from '../network/index.js';
import { type NameMapName, nameMaps } from './name-maps.js';
import { decodeSafetensors } from './safetensors.js';

/** Which layers are copied: names of layers or stages. All when left out, but for a last layer of other classes, which stays fresh. */
export type CopiedLayers = readonly string[] | undefined;

/**
 * `state` with the parameters and statistics of some layers taken from a trained network (VGG, section 3.1: deep nets
 * start from A's first four convolutions and its fully connected layers).
 * @throws UsageError when a layer is missing from either, or its shapes differ.
 */
export function withLayersFrom(network: Network, trained: State, layers: CopiedLayers, state: State): State {
  const source = { where: 'the trained network', tensors: trained, nameOf: fullName };
  return withCopies(network, source, layers, state);
}

/** A file of weights that this or another tool wrote. */
export interface WeightFile {
  readonly bytes: Uint8Array;
  /** For messages. */
  readonly file: string;
  readonly names: NameMapName;
}

/**
 * The same from a safetensors file. Layouts are PyTorch's, so that tensors get other names and nothing else; those that
 * the network does not have are passed over, of whatever type.
 * @throws UsageError naming file and tensor, and also where the file is damaged.
 */
export function withLayersFromFile(
  network: Network,
  { bytes, file, names }: WeightFile,
  layers: CopiedLayers,
  state: State,
): State {
  const theirs = nameMaps[names](network);
  const nameOf = (node: NetworkNode, tensor: string): string =>
    `${theirs.get(node.name) ?? node.name}.${tensor}`;
  const wanted = network.nodes.flatMap(node => tensorsOf(node).map(({ name }) => nameOf(node, name)));
  const tensors = decodeSafetensors(bytes, file, new Set(wanted)).state;
  return withCopies(network, { where: file, tensors, nameOf }, layers, state);
}

interface Source {
  readonly where: string;
  readonly tensors: State;
  /** What it calls a node's tensor. */
  nameOf(node: NetworkNode, tensor: string): string;
}

function withCopies(network: Network, source: Source, layers: CopiedLayers, state: State): State {
  const nodes = layers ? layersNamed(network, layers) : allThatFit(network, source);
  const copied = new Map(state);
  for (const node of nodes) {
    for (const { name, shape } of tensorsOf(node)) {
      copied.set(fullName(node, name), matching(source, node, name, shape));
    }
  }
  return copied;
}

/** A last layer for another number of classes has other shapes. */
function allThatFit({ nodes }: Network, { tensors, nameOf }: Source): readonly NetworkNode[] {
  const last = nodes.findLast(node => node.parameters.length > 0);
  return nodes.filter(
    node =>
      node !== last ||
      tensorsOf(node).every(({ name, shape }) => {
        const found = tensors.get(nameOf(node, name));
        return !found || shapesEqual(found.shape, shape);
      }),
  );
}

interface NamedShape {
  readonly name: string;
  readonly shape: readonly number[];
}

function tensorsOf({ parameters, statistics }: NetworkNode): readonly NamedShape[] {
  return [...parameters, ...statistics];
}

function fullName(node: NetworkNode, tensor: string): string {
  return `${node.name}.${tensor}`;
}

function matching(
  { where, tensors, nameOf }: Source,
  node: NetworkNode,
  tensor: string,
  shape: readonly number[],
): Tensor {
  const [name, theirs] = [fullName(node, tensor), nameOf(node, tensor)];
  const there = theirs === name ? '' : `, there "${theirs}",`;
  const found = tensors.get(theirs);
  if (!found) {
    throw new UsageError(
      `"${name}"${there} cannot be copied: ${where} has no such tensor; expected one of ${formatShape(shape)}.`,
    );
  }
  if (!shapesEqual(found.shape, shape)) {
    throw new UsageError(
      `"${name}"${there} cannot be copied: it is ${formatShape(found.shape)} in ${where} and ${formatShape(shape)} here; leave the layer out, or build the network of that size.`,
    );
  }
  return found;
}
