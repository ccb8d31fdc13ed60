import {
  elements,
  IMAGE,
  inputShapes,
  type Network,
  type NetworkNode,
  nodeParameterCount,
  type Shape,
} from '../../network/index.js';
import { type ComputingSpeed, type MultiplyAddSpeed, valueKindOf } from './engine-speed.js';

/** Forward, and the gradients of inputs and weights. */
const PASSES = 3;
/** Of a step's time for as many images, when a network is tested: the forward pass alone, with folded batch norm. */
const INFERENCE_SHARE = 0.28;

/** Seconds of one training step, expected. */
export function stepSeconds(network: Network, batchSize: number, speed: ComputingSpeed): number {
  const layers = network.nodes.reduce((sum, node) => sum + layerSeconds(network, node, batchSize, speed), 0);
  return speed.step + layers;
}

/** Seconds in which a trained network looks at so many images, expected. */
export function inferenceSeconds(network: Network, images: number, speed: ComputingSpeed): number {
  const batch = 100;
  const perImage =
    network.nodes.reduce((sum, node) => sum + workSeconds(network, node, batch, speed), 0) / batch;
  return INFERENCE_SHARE * images * perImage;
}

/** Seconds in which an engine compiles a training, expected. */
export function buildSeconds(network: Network, speed: ComputingSpeed): number {
  return graphSeconds(network, speed) + weightSeconds(network, speed);
}

/** Seconds in which an engine compiles a network for testing, expected: the forward part of the graph. */
export function evaluatorSeconds(network: Network, speed: ComputingSpeed): number {
  return graphSeconds(network, speed) / PASSES + weightSeconds(network, speed);
}

/** Optimizers go over the whole graph for every part of it, so that deep networks take more than in proportion. */
function graphSeconds(network: Network, speed: ComputingSpeed): number {
  const layers = network.nodes.length;
  return speed.build * layers * (1 + layers / MANY_LAYERS);
}

/** With so many layers, going over the graph takes as long as the rest of building. */
const MANY_LAYERS = 200;

/** Weights are laid out, packed and copied: as long as so many steps take to update them. */
function weightSeconds(network: Network, speed: ComputingSpeed): number {
  return UPDATES * speed.parameter * network.nodes.reduce((sum, node) => sum + nodeParameterCount(node), 0);
}

const UPDATES = 80;

function layerSeconds(network: Network, node: NetworkNode, batchSize: number, speed: ComputingSpeed): number {
  const update = nodeParameterCount(node) * speed.parameter;
  return speed.layer + update + workSeconds(network, node, batchSize, speed);
}

/** What grows with the batch: multiply-adds, and passes over memory. */
function workSeconds(network: Network, node: NetworkNode, batchSize: number, speed: ComputingSpeed): number {
  const inputs = inputShapes(network, node);
  const kind = valueKindOf(node.layer);
  const values = kind === null ? 0 : inputs.reduce((sum, shape) => sum + elements(shape), 0);
  const reads = node.inputs.includes(IMAGE);
  // No gradient of the image is wanted.
  const passes = reads ? PASSES - 1 : PASSES;
  const operations = passes * node.multiplyAdds * secondsAt(speed.multiplyAdd, widthOf(node, inputs[0]));
  return batchSize * (operations + (kind === null ? 0 : values * speed.value[kind]));
}

/** Channels by which kernels go: of what they read and write; of what they write alone, where they read the image pixel by pixel. */
function widthOf({ layer, inputs, output: [filters] }: NetworkNode, [channels]: Shape = [1, 1, 1]): number {
  const [stride, groups] = layer.kind === 'convolution' ? [layer.window.stride[0], layer.groups] : [1, 1];
  if (inputs.includes(IMAGE) && stride === 1) return filters;
  return Math.sqrt(channels * filters) / groups;
}

/** Between measured widths in proportion of the logarithms; outside as at the nearest. */
export function secondsAt(speeds: readonly MultiplyAddSpeed[], channels: number): number {
  const above = speeds.find(speed => speed.channels >= channels) ?? speeds.at(-1);
  const below = speeds.findLast(speed => speed.channels <= channels) ?? speeds[0];
  if (!above || !below) return Number.NaN;
  if (above.channels <= below.channels) return above.seconds;
  const share = Math.log(channels / below.channels) / Math.log(above.channels / below.channels);
  return below.seconds * (above.seconds / below.seconds) ** share;
}
