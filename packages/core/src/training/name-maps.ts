import type { LayerKind, Network, NetworkNode } from '../network/index.js';

/** What a network's layers are called in a file of weights. Layers without parameters may be named too. */
export type NameMap = (network: Network) => ReadonlyMap<string, string>;

/** How files that other tools wrote name their layers. A new one is a function here. */
export const nameMaps = {
  same: network => new Map(network.nodes.map(({ name }) => [name, name])),
  'torchvision-vgg': torchvisionVgg,
  'torchvision-resnet': network =>
    new Map(network.nodes.map(({ name }) => [name, rewritten(name, TORCHVISION_RESNET)])),
} as const satisfies Record<string, NameMap>;

export type NameMapName = keyof typeof nameMaps;

/** The places of layers in two sequences, `features` before the flattened map and `classifier` after it. */
function torchvisionVgg({ nodes }: Network): ReadonlyMap<string, string> {
  const flat = nodes.findIndex(({ layer }) => layer.kind === 'flatten');
  return new Map([
    ...numbered('features', nodes.slice(0, flat), ['convolution', 'relu', 'maxPool']),
    ...numbered('classifier', nodes.slice(flat + 1), ['dense', 'relu', 'dropout']),
  ]);
}

/** `<sequence>.<place>`, counting layers of the kinds that the sequence holds. */
function numbered(
  sequence: string,
  nodes: readonly NetworkNode[],
  kinds: readonly LayerKind[],
): readonly [string, string][] {
  return nodes
    .filter(({ layer }) => kinds.includes(layer.kind))
    .map(({ name }, place) => [name, `${sequence}.${place}`]);
}

type Rewriting = readonly [pattern: RegExp, name: (...groups: readonly string[]) => string];

/** Groups are layers there, blocks count from 0, and a projection with its batch norm is a sequence of two. */
const TORCHVISION_RESNET: readonly Rewriting[] = [
  [/^group(\d+)\.block(\d+)\.shortcut$/, (group, block) => `${blockOf(group, block)}.downsample.0`],
  [/^group(\d+)\.block(\d+)\.shortcut_bn$/, (group, block) => `${blockOf(group, block)}.downsample.1`],
  [/^group(\d+)\.block(\d+)\.(.+)$/, (group, block, layer) => `${blockOf(group, block)}.${layer}`],
];

function blockOf(group: string | undefined, block: string | undefined): string {
  return `layer${group}.${Number(block) - 1}`;
}

function rewritten(name: string, rewritings: readonly Rewriting[]): string {
  for (const [pattern, rewrite] of rewritings) {
    const match = pattern.exec(name);
    if (match) return rewrite(...match.slice(1));
  }
  return name;
}
