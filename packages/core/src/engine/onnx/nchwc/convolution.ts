import { type LayerOfKind, type NetworkNode, type Shape, slide } from '../../../network/index.js';
import type { Graph, Value } from '../graph/graph.js';
import { mean, multiply, reshape, transpose, transposeRows } from '../graph/operators.js';
import type { LayerContext, Lowering } from '../lowering.js';
import { inputGradient, windowPhases } from './input-gradient.js';
import { aligned, convolve, globalAverage, positive, toPixels, wholeBlocks } from './operators.js';
import { blockedFilters, channelVector, imageFilters } from './storage.js';
import { weightGradientRows } from './weight-gradient.js';
import { convolveTiles, suitsTiles } from './winograd.js';

type Convolution = LayerOfKind<'convolution'>;

/** Whether the blocked kernels compute a convolution over this input and all its gradients. */
export function supportsConvolution({ groups, window }: Convolution, input: Shape): boolean {
  const output: Shape = [1, ...slide(window, input)];
  return groups === 1 && windowPhases(window, input, output) !== undefined;
}

/** An image, whose channels fill less than a block, is read as it comes. */
export function readsPlain(
  { inputs }: NetworkNode,
  [channels]: Shape,
  image: string,
  block: number,
): boolean {
  return inputs[0] === image && channels < block;
}

export function convolution(block: number): Lowering<Convolution> {
  return context => {
    const { graph, layer, output, batchSize, fused, gradients } = context;
    const [x] = context.inputs;
    const [filters, channels] = [output[0], x.shape[0]];
    const { window } = layer;
    const shape = [filters, channels, ...window.size];
    const storage = x.layout === 'plain' ? imageFilters(shape, block) : blockedFilters(shape, block);
    const weight = context.variable('weight', storage);
    const bias = layer.bias ? context.variable('bias', channelVector(filters, block)) : undefined;
    const stored = wholeBlocks(filters, block);
    const [top, bottom, left, right] = window.padding;
    const [rows, columns] = [output[1], output[2]];
    const options = { bias, sum: fused.sum?.value, ...(fused.relu && ({ activation: 'relu' } as const)) };
    const y =
      x.layout === 'blocked' && suitsTiles(window, x.value, stored)
        ? convolveTiles(graph, x.value, placesOutermost(graph, weight, block), stored, block, options)
        : convolve(graph, x.value, aligned(graph, weight), [batchSize, stored, rows, columns], {
            kernel: window.size,
            strides: window.stride,
            pads: [top, left, bottom, right],
            ...options,
          });

    return {
      output: y,
      backward({ value, gated }) {
        const dy = fused.relu && !gated ? multiply(graph, value, positive(graph, y)) : value;
        if (fused.sum) gradients.add(fused.sum, dy, fused.relu);
        if (bias) context.parameterGradient('bias', sumOverPixels(graph, dy));
        context.parameterGradient('weight', weightGradient(context, dy, storage.shape, block));
        if (!gradients.wanted(x)) return;
        const sum = gradients.take(x);
        const input = x.shape;
        gradients.add(x, inputGradient(graph, weight, dy, { window, input, output, block, sum }));
      },
    };
  };
}

/** `[O/b, C/b, places, b C b O]` to `[places, O/b C/b b C b O]`. */
export function placesOutermost(graph: Graph, weight: Value, block: number): Value {
  const [filters = 1, channels = 1, height = 1, width = 1] = weight.shape;
  const area = height * width;
  const blocks = reshape(graph, weight, [filters / block, channels / block, area, block * block]);
  return reshape(graph, transposeRows(graph, blocks, [2, 0, 1]), [area, filters * channels]);
}

/** `[channels]`: the mean of each image first, which the blocked kernel does fast, then over the batch. */
function sumOverPixels(graph: Graph, dy: Value): Value {
  const [batch = 1, channels = 1, height = 1, width = 1] = dy.shape;
  const means = reshape(graph, globalAverage(graph, dy), [batch, channels]);
  return multiply(graph, mean(graph, means, [0]), batch * height * width);
}

function weightGradient(
  { graph, layer: { window }, inputs: [x] }: LayerContext<Convolution>,
  dy: Value,
  shape: readonly number[],
  block: number,
): Value {
  const plain = x.layout === 'plain';
  const pixels = plain ? transpose(graph, x.value, [0, 2, 3, 1]) : toPixels(graph, x.value, block);
  const rows = weightGradientRows(graph, pixels, dy, { window, input: x.shape, block });
  const [filterBlocks = 1, taps = 1, channels = 1] = rows.shape;
  const inner = plain ? 1 : block;
  const split = reshape(graph, rows, [filterBlocks, taps, channels / inner, inner * block]);
  return reshape(graph, transposeRows(graph, split, [0, 2, 1]), shape);
}
