import { readFileSync } from 'node:fs';
import { grads, type Tensor as Held, keep, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { loadEngine, type Tensor } from '../../../src/engine/index.js';
import { on } from '../../../src/engine/tfjs/current-backend.js';
import { download, hold } from '../../../src/engine/tfjs/held-tensor.js';
import { layerLowerings } from '../../../src/engine/tfjs/layers/index.js';
import type { LayerLowering } from '../../../src/engine/tfjs/lowering.js';
import type { Layer } from '../../../src/network/index.js';
import { relativeDifference } from '../closeness.js';
import { tfjsEngines } from '../small-networks.js';

interface PlainTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
type PlainTensors = Readonly<Record<string, PlainTensor>>;
interface Case {
  readonly layer: Layer;
  readonly inputs: readonly PlainTensor[];
  readonly parameters: PlainTensors;
  readonly statistics: PlainTensors;
  readonly output: PlainTensor;
  readonly outputGradient: PlainTensor;
  readonly inputGradients: readonly PlainTensor[];
  readonly parameterGradients: PlainTensors;
  readonly updatedStatistics: PlainTensors;
}

const { cases } = JSON.parse(
  readFileSync(new URL('../../fixtures/layer-gradients.json', import.meta.url), 'utf8'),
) as { cases: readonly Case[] };

/** PyTorch in double precision against sums of at most 150 terms in single. */
const TOLERANCE = 3e-6;
/** Logical maps as they are held, `[count, height, width, channels]`. */
const MAPS = [0, 2, 3, 1];

const floats = ({ shape, data }: PlainTensor): Tensor => ({ shape, data: Float32Array.from(data) });

/** Output, gradients of inputs and parameters, and updated statistics, in the logical layout. */
async function differentiated(backend: string, tested: Case): Promise<ReadonlyMap<string, Tensor>> {
  const { layer, inputs, parameters, statistics, outputGradient } = tested;
  const lowering = layerLowerings[layer.kind] as LayerLowering<Layer>;
  const places = [
    ...inputs.map((tensor, i) => ({ name: inputName(i), tensor, axes: MAPS })),
    ...Object.entries(parameters).map(([name, tensor]) => ({
      name,
      tensor,
      axes: lowering.heldAxes?.[name],
    })),
  ];
  const found = on(backend, () =>
    tidy(() => {
      const fixed = new Map(
        Object.entries(statistics).map(([name, tensor]) => [name, hold(floats(tensor), undefined)]),
      );
      const updated = new Map<string, Held>();
      const forward = (...tensors: Held[]): Tensor4D =>
        lowering.forward({
          mode: 'training',
          layer,
          name: 'tested',
          inputs: tensors.slice(0, inputs.length) as Tensor4D[],
          tensor: name =>
            (fixed.get(name) ?? tensors[places.findIndex(place => place.name === name)]) as Held,
          updateStatistic: (name, value) => updated.set(name, keep(value)),
        });
      const held = places.map(({ tensor, axes }) => hold(floats(tensor), axes));
      const gradients = grads(forward as (...tensors: Held[]) => Held)(
        held,
        hold(floats(outputGradient), MAPS),
      );
      const output = forward(...held);
      return { output, gradients, updated: Object.fromEntries(updated) };
    }),
  );
  return download(backend, [
    { name: 'output', held: found.output, axes: MAPS },
    ...places.map(({ name, axes }, i) => ({ name, held: found.gradients[i] as Held, axes })),
    ...Object.entries(found.updated).map(([name, held]) => ({ name, held, axes: undefined })),
  ]);
}

const inputName = (place: number): string => `input ${place + 1}`;

describe.each(tfjsEngines)('layers on %s against PyTorch', name => {
  it.each(cases.map((tested, i) => ({ title: `${i + 1} (${tested.layer.kind})`, tested })))(
    'case $title has the same output and gradients',
    async ({ tested }) => {
      await loadEngine(name);
      const actual = await differentiated(name, tested);
      const expected = {
        output: tested.output,
        ...Object.fromEntries(tested.inputGradients.map((tensor, i) => [inputName(i), tensor])),
        ...tested.parameterGradients,
        ...tested.updatedStatistics,
      };
      for (const [tensor, { shape, data }] of Object.entries(expected)) {
        expect(actual.get(tensor)?.shape, tensor).toEqual(shape);
        expect(relativeDifference(actual.get(tensor)?.data ?? [], data), tensor).toBeLessThan(TOLERANCE);
      }
    },
  );
});
