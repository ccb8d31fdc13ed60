import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Engine, loadEngine, type State } from '../../src/engine/index.js';
import {
  type Block,
  conv,
  dense,
  dropout,
  elements,
  flatten,
  fullyConvolutional,
  mainPath,
  maxPool,
  type Network,
  network,
  relu,
  type Shape,
  sequence,
} from '../../src/network/index.js';
import { normalArray, streamKey } from '../../src/random/index.js';
import { relativeDifference } from './closeness.js';
import { initialState, narrowModels, randomBatch } from './small-networks.js';

/** Kernels may add up in another order. */
const TOLERANCE = 1e-4;
const engines = ['onnx', 'wasm'];

async function logitsOf(
  engine: Engine,
  net: Network,
  weights: State,
  image: Float32Array,
  inputShape: Shape = net.input,
): Promise<Float32Array> {
  const evaluator = await engine.evaluator(net, weights, { batchSize: 1, inputShape });
  const logits = await evaluator.logits(image, 1);
  evaluator.dispose();
  return logits;
}

/** The same elements by the same names, in the shapes that the network wants. */
function carriedOver(weights: State, net: Network): State {
  return new Map(
    net.nodes.flatMap(node =>
      [...node.parameters, ...node.statistics].map(({ name, shape }) => {
        const fullName = `${node.name}.${name}`;
        return [fullName, { shape, data: weights.get(fullName)?.data ?? new Float32Array() }] as const;
      }),
    ),
  );
}

describe.each(engines)('on %s, fully connected layers made into convolutions', name => {
  it.each(narrowModels.map(net => [net.name, net] as const))(
    'give the logits of the plain pass over an image of the network’s size: %s',
    async (_, net) => {
      const engine = await loadEngine(name);
      const weights = initialState(net, 1);
      const { images } = randomBatch(net, 1, 2);
      const converted = fullyConvolutional(mainPath(net));
      expect(converted.nodes.some(({ layer }) => layer.kind === 'dense')).toBe(false);
      const plain = await logitsOf(engine, net, weights, images);
      const others = await logitsOf(engine, converted, carriedOver(weights, converted), images);
      expect(relativeDifference(others, plain)).toBeLessThan(TOLERANCE);
    },
  );
});

/** Convolutions and pooling without padding, then two dense layers; and how far apart its places are. */
const valid = fc
  .record({
    convolutions: fc.array(
      fc.record({ size: fc.integer({ min: 1, max: 3 }), stride: fc.integer({ min: 1, max: 2 }) }),
      { minLength: 1, maxLength: 2 },
    ),
    pooled: fc.boolean(),
    map: fc.integer({ min: 1, max: 3 }),
    hidden: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ convolutions, pooled, map, hidden }) => {
    const windows = [...convolutions, ...(pooled ? [{ size: 2, stride: 2 }] : [])];
    const side = windows.reduceRight((inside, { size, stride }) => (inside - 1) * stride + size, map);
    const layers: Block[] = convolutions.map(({ size, stride }, i) =>
      sequence(conv(`conv${i}`, 3, size, { stride, padding: 0 }), relu(`relu${i}`)),
    );
    const pool = pooled ? [maxPool('pool', 2)] : [];
    const net = network(
      { name: 'valid', input: [2, side, side], classes: 3 },
      sequence(
        ...layers,
        ...pool,
        flatten('flatten'),
        dropout('dropout', 0.5),
        dense('fc1', hidden),
        relu('relu_fc1'),
        dense('fc2', 3),
      ),
    );
    return { net, side, stride: windows.reduce((product, { stride }) => product * stride, 1) };
  });

describe.each(engines)('on %s, without padding', name => {
  it('the score at a place is that of the plain pass over the crop there', async () => {
    const engine = await loadEngine(name);
    await fc.assert(
      fc.asyncProperty(valid, fc.integer({ min: 2, max: 4 }), fc.nat(1000), async (drawn, places, seed) => {
        const { net, side, stride } = drawn;
        const weights = initialState(net, seed);
        const width = side + stride * (places - 1);
        const image = normalArray(2 * side * width, streamKey(seed, 'subset', 'image'), 1);
        const columns = (from: number, count: number): Float32Array =>
          Float32Array.from({ length: elements([2, side, count]) }, (_, at) => {
            const row = Math.floor(at / count);
            return image[row * width + from + (at % count)] as number;
          });
        // The sums over the first n places and over one fewer differ by the score at the last of them.
        const sums = async (n: number): Promise<Float32Array> => {
          const seen = side + stride * (n - 1);
          const means = await logitsOf(engine, net, weights, columns(0, seen), [2, side, seen]);
          return means.map(mean => n * mean);
        };
        const before = await sums(places - 1);
        const scores = (await sums(places)).map((sum, c) => sum - (before[c] as number));
        const plain = await logitsOf(engine, net, weights, columns(width - side, side));
        expect(relativeDifference(scores, plain)).toBeLessThan(TOLERANCE * places);
      }),
      { numRuns: 20, seed: 1 },
    );
  });
});
