import { dispose, keep, type Tensor, type Tensor4D, tidy, zeros } from '@tensorflow/tfjs-core';
import { nodeNamed } from '../../network/index.js';
import type { ProbeStatistics } from '../engine.js';
import { on } from './current-backend.js';
import { type DifferentiateOptions, differentiate } from './differentiate.js';

/** Statistics of named layers' outputs, without dropout; computed in double precision on the host. */
export async function probe(
  backend: string,
  options: Omit<DifferentiateOptions, 'randomness' | 'offsets' | 'watch' | 'updateStatistic'>,
  layers: readonly string[],
): Promise<ReadonlyMap<string, ProbeStatistics>> {
  const nodes = layers.map(name => nodeNamed(options.network, name));
  const outputs = new Map<string, Tensor>();
  const { loss, correct, gradients } = on(backend, () =>
    tidy(() =>
      differentiate({
        ...options,
        offsets: new Map(
          nodes.map(({ name, output: [channels, height, width] }) => [
            name,
            zeros([options.batch.count, height, width, channels]) as Tensor4D,
          ]),
        ),
        watch(name, output) {
          if (layers.includes(name)) outputs.set(name, keep(output.clone()));
        },
      }),
    ),
  );
  const offsetGradients = gradients.slice(options.weights.length);
  const statistics = await Promise.all(
    nodes.map(async ({ name }, i): Promise<[string, ProbeStatistics]> => {
      const values = await (outputs.get(name) as Tensor).data<'float32'>();
      const gradient = await (offsetGradients[i] as Tensor).data<'float32'>();
      return [name, { ...meanAndDeviation(values), gradientNorm: norm(gradient) }];
    }),
  );
  dispose([loss, correct, ...gradients, ...outputs.values()]);
  return new Map(statistics);
}

function meanAndDeviation(values: Float32Array): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
