import { multiplyAdds, nodeParameterCount, parameterCount, receptiveFields } from './counts.js';
import { definitionOf } from './layers/index.js';
import type { Network } from './network.js';
import { formatShape, type Shape } from './shape.js';

export interface NetworkSummary {
  readonly name: string;
  readonly input: Shape;
  readonly classes: number;
  readonly parameters: number;
  readonly multiplyAdds: number;
  readonly layers: readonly LayerSummary[];
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
  return {
    name: net.name,
    input: net.input,
    classes: net.classes,
    parameters: parameterCount(net),
    multiplyAdds: multiplyAdds(net),
    layers: net.nodes.map(node => ({
      name: node.name,
      kind: node.layer.kind,
      detail: definitionOf(node.layer).describe(node.layer),
      inputs: node.inputs,
      output: node.output,
      receptiveField: fields.get(node.name) ?? 1,
      parameters: nodeParameterCount(node),
      multiplyAdds: node.multiplyAdds,
    })),
  };
}

const count = (n: number): string => (n === 0 ? '' : n.toLocaleString('en-US'));

/** The summary as a plain-text table. */
export function formatSummary(summary: NetworkSummary): string {
  const header = ['layer', 'kind', '', 'output', 'sees', 'parameters', 'multiply-adds'];
  const rows = summary.layers.map(layer => [
    layer.name,
    layer.kind,
    layer.detail,
    formatShape(layer.output),
    `${layer.receptiveField}`,
    count(layer.parameters),
    count(layer.multiplyAdds),
  ]);
  const total = ['total', '', '', '', '', count(summary.parameters), count(summary.multiplyAdds)];
  const widths = header.map((title, i) =>
    Math.max(...[title, ...[...rows, total].map(row => row[i] ?? '')].map(s => s.length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
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
  ].join('\n');
}
