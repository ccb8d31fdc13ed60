import { multiplyAdds, nodeParameterCount, parameterCount, receptiveFields } from './counts.js';
import { definitionOf } from './layers/index.js';
import type { Network, NetworkNode } from './network.js';
import { mainNodes } from './paths.js';
import { formatShape, type Shape } from './shape.js';

export interface NetworkSummary {
  readonly name: string;
  readonly input: Shape;
  readonly classes: number;
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** Those that the logits are computed from. */
  readonly layers: readonly LayerSummary[];
  /** What auxiliary heads add in training; the counts above leave it out. Absent where there is none. */
  readonly auxiliary?: readonly LayerSummary[];
}

export interface LayerSummary {
  readonly name: string;
  readonly kind: string;
  readonly detail: string;
  readonly inputs: readonly string[];
  readonly output: Shape;
  readonly receptiveField: number;
  readonly parameters: number;
  readonly multiplyAdds: number;
}

export function summarise(net: Network): NetworkSummary {
  const fields = receptiveFields(net);
  const main = mainNodes(net);
  const layer = (node: NetworkNode): LayerSummary => ({
    name: node.name,
    kind: node.layer.kind,
    detail: definitionOf(node.layer).describe(node.layer),
    inputs: node.inputs,
    output: node.output,
    receptiveField: fields.get(node.name) ?? 1,
    parameters: nodeParameterCount(node),
    multiplyAdds: node.multiplyAdds,
  });
  return {
    name: net.name,
    input: net.input,
    classes: net.classes,
    parameters: parameterCount(net),
    multiplyAdds: multiplyAdds(net),
    layers: main.map(layer),
    ...(net.auxiliary && { auxiliary: net.nodes.filter(node => !main.includes(node)).map(layer) }),
  };
}

const count = (n: number): string => (n === 0 ? '' : n.toLocaleString('en-US'));

/** The summary as a plain-text table. */
export function formatSummary(summary: NetworkSummary): string {
  const header = ['layer', 'kind', '', 'output', 'sees', 'parameters', 'multiply-adds'];
  const rows = summary.layers.map(cells);
  const total = ['total', '', '', '', '', count(summary.parameters), count(summary.multiplyAdds)];
  const auxiliary = (summary.auxiliary ?? []).map(cells);
  const widths = header.map((title, i) =>
    Math.max(...[title, ...[...rows, total, ...auxiliary].map(row => row[i] ?? '')].map(s => s.length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i < 4 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  const rule = widths.map(width => '-'.repeat(width)).join('  ');
  return [
    `${summary.name}: input ${formatShape(summary.input)}, ${summary.classes} classes`,
    '',
    line(header),
    rule,
    ...rows.map(line),
    rule,
    line(total),
    ...(auxiliary.length > 0 ? ['', 'in training only: auxiliary heads', rule, ...auxiliary.map(line)] : []),
  ].join('\n');
}

function cells(layer: LayerSummary): string[] {
  return [
    layer.name,
    layer.kind,
    layer.detail,
    formatShape(layer.output),
    `${layer.receptiveField}`,
    count(layer.parameters),
    count(layer.multiplyAdds),
  ];
}
