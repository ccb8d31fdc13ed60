import type { Graph, Value } from '../graph/graph.js';
import type { Attribute } from '../graph/model-file.js';
import { pad, reshape, slice } from '../graph/operators.js';

/**
 * Operators of ONNX Runtime's internal domain `com.microsoft.nchwc`, which its CPU kernels prefer. A blocked tensor is
 * declared as `[batch, channels, height, width]` with channels a multiple of the block, and lies in memory as
 * `[batch, channels / block, height, width, block]`. The domain is undocumented: the version is pinned, and the engine
 * probes it before use.
 */
export const NCHWC = 'com.microsoft.nchwc';

/** Channels with those that fill up the last block. */
export function wholeBlocks(channels: number, block: number): number {
  return Math.ceil(channels / block) * block;
}

export interface ConvolveOptions {
  readonly kernel: readonly [height: number, width: number];
  readonly strides?: readonly [number, number];
  readonly dilations?: readonly [number, number];
  /** Top, left, bottom, right. */
  readonly pads?: readonly [number, number, number, number];
  readonly groups?: number;
  readonly bias?: Value | undefined;
  /** Added to the result before the activation. */
  readonly sum?: Value | undefined;
  readonly activation?: 'relu' | 'unit';
}

/** `unit` cuts off below 0 and above 1. */
const ACTIVATIONS: Readonly<Record<'relu' | 'unit', Record<string, Attribute>>> = {
  relu: { activation: 'Relu' },
  unit: { activation: 'Clip', activation_params: { floats: [0, 1] } },
};

export function convolve(
  graph: Graph,
  x: Value,
  filters: Value,
  shape: readonly number[],
  { kernel, strides = [1, 1], dilations = [1, 1], pads = [0, 0, 0, 0], ...rest }: ConvolveOptions,
): Value {
  const { groups = 1, bias, sum, activation } = rest;
  const attributes = {
    kernel_shape: [...kernel],
    strides: [...strides],
    dilations: [...dilations],
    pads: [...pads],
    group: groups,
    ...(activation && ACTIVATIONS[activation]),
  };
  const inputs = sum ? [x, filters, bias, sum] : bias ? [x, filters, bias] : [x, filters];
  return graph.apply('Conv', inputs, { shape }, { attributes, domain: NCHWC });
}

/**
 * A copy in ONNX Runtime's own memory, where every row of filters begins with a cache line. In memory that came from
 * outside the kernels run at two thirds of their speed.
 */
export function aligned(graph: Graph, x: Value): Value {
  return graph.apply('Concat', [x], { shape: x.shape }, { attributes: { axis: 0 } });
}

/** activation(scale x + bias + sum), a scale and bias for each channel: one pass over memory. `scale`: `[channels]`. */
export function scaleChannels(
  graph: Graph,
  x: Value,
  scale: Value,
  options: Pick<ConvolveOptions, 'bias' | 'sum' | 'activation'> = {},
): Value {
  const channels = x.shape[1] ?? 1;
  const filters = reshape(graph, scale, [channels, 1, 1, 1]);
  return convolve(graph, x, filters, x.shape, { kernel: [1, 1], groups: channels, ...options });
}

/** The same number for each channel. */
export function channelConstant(graph: Graph, channels: number, value: number): Value {
  return graph.constant(new Float32Array(channels).fill(value), [channels]);
}

/**
 * Sends the smallest difference of two activations beyond one as long as they are above 2^-57, and overflows only
 * beyond 2^48: room on both sides of anything that still trains.
 */
const STEEP = 2 ** 80;

/** 1 where x is above 0, else 0: faster than the comparing operators. */
export function positive(graph: Graph, x: Value): Value {
  return scaleChannels(graph, x, channelConstant(graph, x.shape[1] ?? 1, STEEP), { activation: 'unit' });
}

/** What `reaches` compares with. */
export function floorOf(graph: Graph, peaks: Value): Value {
  return scaleChannels(graph, peaks, channelConstant(graph, peaks.shape[1] ?? 1, -STEEP));
}

/**
 * 1 where x, at one place of each window, reaches the window's peak, else 0; x is nowhere above it. The one is added
 * last, to a difference that is zero or far below.
 */
export function reaches(
  graph: Graph,
  x: Value,
  floor: Value,
  [row, column]: readonly [number, number],
  [tall, wide]: readonly [number, number],
  block: number,
): Value {
  const channels = x.shape[1] ?? 1;
  const taps = Array.from({ length: tall * wide }, (_, i) => (i === row * wide + column ? STEEP : 0));
  return convolve(graph, x, depthwiseFilters(graph, channels, taps, [tall, wide], block), floor.shape, {
    kernel: [tall, wide],
    strides: [tall, wide],
    groups: channels,
    bias: channelConstant(graph, channels, 1),
    sum: floor,
    activation: 'unit',
  });
}

/** The same taps for every channel, as depthwise filters lie: `[channels / b, taps, b]`. */
export function depthwiseFilters(
  graph: Graph,
  channels: number,
  taps: readonly number[],
  [height, width]: readonly [number, number],
  block: number,
): Value {
  const tapOf = (i: number): number => taps[Math.floor(i / block) % taps.length] ?? 0;
  const data = Float32Array.from({ length: channels * taps.length }, (_, i) => tapOf(i));
  return graph.constant(data, [channels, 1, height, width]);
}

export function globalAverage(graph: Graph, x: Value): Value {
  const [batch = 1, channels = 1] = x.shape;
  return graph.apply('GlobalAveragePool', [x], { shape: [batch, channels, 1, 1] }, { domain: NCHWC });
}

/** Repeats every pixel. */
export function upsample(graph: Graph, x: Value, [vertical, horizontal]: readonly [number, number]): Value {
  if (vertical === 1 && horizontal === 1) return x;
  const [batch = 1, channels = 1, height = 1, width = 1] = x.shape;
  const attributes = { scales: [1, 1, vertical, horizontal], mode: 'nearest' };
  const shape = [batch, channels, height * vertical, width * horizontal];
  return graph.apply('Upsample', [x], { shape }, { attributes, domain: NCHWC });
}

/** Largest values of windows that neither overlap nor leave anything out. */
export function maxima(graph: Graph, x: Value, [height, width]: readonly [number, number]): Value {
  const [batch = 1, channels = 1, rows = 1, columns = 1] = x.shape;
  const attributes = { kernel_shape: [height, width], strides: [height, width] };
  const shape = [batch, channels, rows / height, columns / width];
  return graph.apply('MaxPool', [x], { shape }, { attributes, domain: NCHWC });
}

/** What `ReorderInput` asks of the number of channels. */
const CHANNEL_STEP = 4;

/** From `[batch, channels, height, width]`. */
export function toBlocks(graph: Graph, x: Value, block: number): Value {
  const [batch = 1, channels = 1, height = 1, width = 1] = x.shape;
  const filled = wholeBlocks(channels, block);
  const shape = [batch, filled, height, width];
  if (height * width === 1) {
    return pad(graph, x, [0, 0, 0, 0], [0, filled - channels, 0, 0]);
  }
  const missing = wholeBlocks(channels, CHANNEL_STEP) - channels;
  const even = pad(graph, x, [0, 0, 0, 0], [0, missing, 0, 0]);
  return graph.apply('ReorderInput', [even], { shape }, { domain: NCHWC });
}

/** To `[batch, channels, height, width]`; `channels` leaves those out that only fill up. */
export function fromBlocks(graph: Graph, x: Value, channels: number): Value {
  const [batch = 1, filled = 1, height = 1, width = 1] = x.shape;
  if (height * width === 1) {
    return channels === filled ? x : slice(graph, x, [1], [0], [channels]);
  }
  const shape = [batch, channels, height, width];
  return graph.apply('ReorderOutput', [x], { shape }, { attributes: { channels }, domain: NCHWC });
}

/** To `[batch, height, width, channels]`, filling channels included. */
export function toPixels(graph: Graph, x: Value, block: number): Value {
  const [batch = 1, channels = 1, height = 1, width = 1] = x.shape;
  const shape = [batch, height, width, channels];
  if (channels === block) return reshape(graph, x, shape);
  const attributes = { channels, channels_last: 1 };
  return graph.apply('ReorderOutput', [x], { shape }, { attributes, domain: NCHWC });
}
