import {
  batchNorm,
  conv,
  dense,
  elements,
  flatten,
  maxPool,
  network,
  relu,
  residual,
  sequence,
} from '../../network/index.js';
import { streamKey, uniformArray } from '../../random/index.js';
import { floatsOf, floatTensor, labelTensor, openSession, type Runtime } from './runtime.js';
import { portable, type Target } from './target.js';
import { gradientName, gradientsGraph, LABELS, LOSS } from './training-graph.js';
import { isTrained } from './variables.js';

/**
 * A bit of everything that the blocked kernels compute in a way of their own. No bias stands before the batch norm: its
 * gradient is rounding alone.
 */
const net = network(
  { name: 'self-check', input: [3, 8, 8], classes: 3 },
  sequence(
    conv('conv1', 12, 3),
    relu('relu1'),
    maxPool('pool', 2),
    residual(
      'add',
      conv('shortcut', 9, 1, { stride: 2 }),
      sequence(
        conv('conv2', 9, 3, { stride: 2, bias: false }),
        batchNorm('bn'),
        relu('relu2'),
        conv('conv3', 9, 3, { bias: false }),
      ),
    ),
    flatten('flatten'),
    dense('fc', 3),
  ),
);
const BATCH = 6;
/** Other orders of addition explain a millionth; wrong kernels are off by more than this. */
const TOLERANCE = 1e-3;

/** Whether a target computes the same loss and gradients as the standard operators do. */
export async function agreesWithPortable(runtime: Runtime, target: Target): Promise<boolean> {
  const expected = await gradientsOn(runtime, portable);
  const actual = await gradientsOn(runtime, target);
  return [...expected].every(([name, values]) => {
    const found = actual.get(name) ?? [];
    const largest = values.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
    return values.every((x, i) => Math.abs(x - (found[i] ?? Number.NaN)) <= TOLERANCE * largest);
  });
}

async function gradientsOn(runtime: Runtime, target: Target): Promise<Map<string, Float32Array>> {
  const { file, variables } = gradientsGraph({
    network: net,
    plan: target.plan(net),
    reorder: target.reorder,
    batchSize: BATCH,
    frozen: new Set(),
  });
  const noise = (name: string, shape: readonly number[]): Float32Array =>
    uniformArray(elements(shape), streamKey(0, 'init', name), -1, 1);
  const trained = variables.filter(isTrained);
  const imageShape = [BATCH, ...net.input];
  const session = await openSession(runtime, file, { threads: 1 });
  const results = await session.run({
    image: floatTensor(runtime, noise('image', imageShape), imageShape),
    [LABELS]: labelTensor(
      runtime,
      Int32Array.from({ length: BATCH }, (_, i) => i % net.classes),
    ),
    ...Object.fromEntries(
      trained.map(({ name, shape, storage }) => [
        name,
        floatTensor(runtime, storage.pack(noise(name, shape)), storage.shape),
      ]),
    ),
  });
  await session.release();
  const gradients = trained.map(
    ({ name, storage }) => [name, storage.unpack(floatsOf(results[gradientName(name)]))] as const,
  );
  return new Map([[LOSS, floatsOf(results[LOSS])] as const, ...gradients]);
}
