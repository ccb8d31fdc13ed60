import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadEngine, type Optimizer, type State, type Tensor } from '../../src/engine/index.js';
import { buildModel } from '../../src/models/index.js';
import { elements } from '../../src/network/index.js';
import { numbers } from './formula.js';
import { embeddedEngines, trainableFrom } from './small-networks.js';

interface Summary {
  readonly norm: number;
  readonly sum: number;
  readonly entries: readonly number[];
}
type Summaries = Readonly<Record<string, Summary>>;
interface Fixture {
  readonly width: number;
  readonly labels: readonly number[];
  readonly learningRates: readonly number[];
  readonly loss: number;
  readonly correct: number;
  readonly gradients: Summaries;
  readonly trainings: readonly {
    readonly optimizer: Optimizer;
    readonly steps: readonly { readonly loss: number; readonly correct: number }[];
    readonly weightsAfter: Readonly<Record<string, Summaries>>;
  }[];
}

const fixture = JSON.parse(
  readFileSync(new URL('../fixtures/vgg-a-step.json', import.meta.url), 'utf8'),
) as Fixture;

/** PyTorch's numbers are in double precision, the engines' in single, through eleven layers and three updates. */
const TOLERANCE = 5e-5;

const net = buildModel({
  name: 'vgg-a',
  options: { input: [3, 32, 32], classes: 10, width: fixture.width, dropout: 0 },
});
const count = fixture.labels.length;
const batch = {
  images: numbers(count * elements(net.input), 1, 1.7),
  labels: Int32Array.from(fixture.labels),
  count,
};
const randomness = { seed: 0, step: 0 };

/** As vgg-a-step.py: salts count up by layer, weights first. */
function initialWeights(): State {
  const layers = net.nodes.filter(node => node.parameters.length > 0);
  return new Map(
    layers.flatMap((node, i) =>
      node.parameters.map(({ name, shape, role, fanIn }, j): [string, Tensor] => {
        const amplitude = role === 'weight' ? Math.sqrt(6 / fanIn) : 0.1;
        return [`${node.name}.${name}`, { shape, data: numbers(elements(shape), 10 + 2 * i + j, amplitude) }];
      }),
    ),
  );
}

function expectSummaries(actual: State, expected: Summaries): void {
  for (const [name, { norm, sum, entries }] of Object.entries(expected)) {
    const data = actual.get(name)?.data ?? new Float32Array();
    const stride = Math.max(1, Math.floor(data.length / 12));
    const close = TOLERANCE * norm;
    expect(Math.abs(Math.hypot(...data) - norm), `norm of ${name}`).toBeLessThan(close);
    const total = data.reduce((so_far, value) => so_far + value, 0);
    expect(Math.abs(total - sum), `sum of ${name}`).toBeLessThan(close * Math.sqrt(data.length));
    entries.forEach((entry, i) => {
      expect(Math.abs((data[i * stride] as number) - entry), `${name}[${i * stride}]`).toBeLessThan(close);
    });
  }
}

describe.each(embeddedEngines)('VGG-A on %s against PyTorch', name => {
  it('has the same loss and gradients', async () => {
    const trainable = await trainableFrom(await loadEngine(name), net, initialWeights(), count);
    const { loss, gradients } = await trainable.gradients(batch, randomness);
    expect(Math.abs(loss - fixture.loss)).toBeLessThan(TOLERANCE * fixture.loss);
    expect([...gradients.keys()].sort()).toEqual(Object.keys(fixture.gradients).sort());
    expectSummaries(gradients, fixture.gradients);
    trainable.dispose();
  });

  it.each(fixture.trainings)('has the same weights after steps of $optimizer', async training => {
    const { optimizer, steps, weightsAfter } = training;
    const trainable = await trainableFrom(await loadEngine(name), net, initialWeights(), count, {
      optimizer,
    });
    for (const [i, expected] of steps.entries()) {
      const learningRate = fixture.learningRates[i] as number;
      const { loss, correct } = await trainable.step(batch, { learningRate, randomness });
      expect(Math.abs(loss - expected.loss), `loss ${i + 1}`).toBeLessThan(TOLERANCE * expected.loss);
      expect(correct).toBe(expected.correct);
      const weights = weightsAfter[i + 1];
      if (weights) expectSummaries(await trainable.state(), weights);
    }
    trainable.dispose();
  });
});
