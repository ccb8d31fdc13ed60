import { IMAGE, inputShapes, type Layer, type Network, type NetworkNode } from '../../../network/index.js';
import type { Layout, Lowering, Lowerings } from '../lowering.js';
import { type Plan, portableLowering, type Step, type StepInput } from '../plan.js';
import { add } from '../portable/add.js';
import { concat } from '../portable/concat.js';
import { scaledTanh } from '../portable/scaled-tanh.js';
import { tanh } from '../portable/tanh.js';
import { batchNorm } from './batch-norm.js';
import { convolution, readsPlain, supportsConvolution } from './convolution.js';
import { dropout } from './dropout.js';
import { globalAveragePool } from './global-average-pool.js';
import { localResponseNorm } from './local-response-norm.js';
import { maxPool, supportsMaxPool } from './max-pool.js';
import { relu } from './relu.js';

/** The kinds that have blocked lowerings; the others are computed plainly. */
function blockedLowerings(block: number, afterRelu: (name: string) => boolean): Partial<Lowerings> {
  return {
    add,
    batchNorm: batchNorm(block),
    concat,
    convolution: convolution(block),
    dropout: dropout(block),
    globalAveragePool,
    localResponseNorm: localResponseNorm(block),
    maxPool: maxPool(block, afterRelu),
    relu,
    scaledTanh,
    tanh,
  };
}

/**
 * Convolutions are blocked wherever their kernels allow; what follows a blocked layer stays blocked while its kind can.
 * Then a ReLU, and the sum that ends a residual block, move into the convolution or batch norm before them.
 */
export function blockedPlan(net: Network, separate: ReadonlySet<string>, block: number): Plan {
  const layouts = chooseLayouts(net, block);
  const afterRelu = (name: string): boolean =>
    !separate.has(name) && net.nodes.some(node => node.name === name && node.layer.kind === 'relu');
  const lowerings = blockedLowerings(block, afterRelu);
  const steps = net.nodes.map((node): Step => {
    const layout = layouts.get(node.name) ?? 'plain';
    return {
      node,
      lowering: layout === 'blocked' ? blockedLowering(lowerings, node) : portableLowering(node),
      inputs: inputsOf(net, node, layout, block),
      layout,
      relu: false,
      end: node,
    };
  });
  return fuseRelus(fuseSums(steps, separate), separate);
}

function blockedLowering(lowerings: Partial<Lowerings>, { layer }: NetworkNode): Lowering<Layer> {
  // The registry pairs each kind with the lowering of that kind, which the type system cannot follow.
  return lowerings[layer.kind] as unknown as Lowering<Layer>;
}

function inputsOf(net: Network, node: NetworkNode, layout: Layout, block: number): readonly StepInput[] {
  const [shape] = inputShapes(net, node);
  const plain =
    node.layer.kind === 'convolution' && shape !== undefined && readsPlain(node, shape, IMAGE, block);
  return node.inputs.map(name => ({ name, layout: plain ? 'plain' : layout }));
}

/** By name of node. */
export function chooseLayouts(net: Network, block: number): ReadonlyMap<string, Layout> {
  const layouts = new Map<string, Layout>();
  for (const node of net.nodes) {
    const follows = node.inputs.some(name => layouts.get(name) === 'blocked');
    layouts.set(node.name, canBeBlocked(net, node, follows, block) ? 'blocked' : 'plain');
  }
  return layouts;
}

function canBeBlocked(net: Network, node: NetworkNode, follows: boolean, block: number): boolean {
  const { layer } = node;
  const shapes = inputShapes(net, node);
  const [shape = net.input] = shapes;
  switch (layer.kind) {
    case 'convolution':
      return supportsConvolution(layer, shape);
    case 'maxPool':
      return follows && supportsMaxPool(layer, shape);
    case 'concat':
      return follows && shapes.every(([channels]) => channels % block === 0);
    case 'add':
    case 'batchNorm':
    case 'dropout':
    case 'globalAveragePool':
    case 'localResponseNorm':
    case 'relu':
    case 'scaledTanh':
    case 'tanh':
      return follows;
    default:
      return false;
  }
}

/** The only step that reads a step's result, if there is just one and nobody else wants to see it. */
function onlyReader(steps: Plan, { end }: Step, separate: ReadonlySet<string>): Step | undefined {
  const readers = steps.filter(step => inputNames(step).includes(end.name));
  const [reader] = readers;
  const last = steps.at(-1)?.end === end;
  return readers.length === 1 && !last && !separate.has(end.name) ? reader : undefined;
}

function inputNames({ inputs, sum }: Step): readonly string[] {
  return [...inputs, ...(sum ? [sum] : [])].map(({ name }) => name);
}

/** An `add` of two becomes the sum input of the convolution that ends its later branch. */
export function fuseSums(steps: Plan, separate: ReadonlySet<string>): Plan {
  const place = new Map(steps.map((step, i) => [step.end.name, i]));
  const taken = new Set<Step>();
  const fused = steps.map((step, i): Step => {
    if (step.node.layer.kind !== 'convolution' || step.layout !== 'blocked') return step;
    const reader = onlyReader(steps, step, separate);
    if (reader?.node.layer.kind !== 'add' || reader.inputs.length !== 2 || taken.has(reader)) return step;
    const other = reader.inputs.find(({ name }) => name !== step.end.name);
    if (!other || (place.get(other.name) ?? -1) >= i) return step;
    taken.add(reader);
    return { ...step, sum: other, end: reader.end };
  });
  return fused.filter(step => !taken.has(step));
}

/** A ReLU becomes the activation of the convolution or batch norm that it follows. */
export function fuseRelus(steps: Plan, separate: ReadonlySet<string>): Plan {
  const taken = new Set<Step>();
  const fused = steps.map((step): Step => {
    const { kind } = step.node.layer;
    if ((kind !== 'convolution' && kind !== 'batchNorm') || step.layout !== 'blocked') return step;
    const reader = onlyReader(steps, step, separate);
    if (reader?.node.layer.kind !== 'relu') return step;
    taken.add(reader);
    return { ...step, relu: true, end: reader.end };
  });
  return fused.filter(step => !taken.has(step));
}
