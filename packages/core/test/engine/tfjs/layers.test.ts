import { readFileSync } from 'node:fs';
import { grads, type Tensor as Held, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { loadEngine, type Tensor } from '../../../src/engine/index.js';
import { on } from '../../../src/engine/tfjs/current-backend.js';
import { download, hold } from '../../../src/engine/tfjs/held-tensor.js';
import { layerLowerings } from '../../../src/engine/tfjs/layers/index.js';
import type { LayerLowering } from '../../../src/engine/tfjs/lowering.js';
import type { Layer } from '../../../src/network/index.js';
import { relativeDifference } from '../closeness.js';
import { embeddedEngines } from '../small-networks.js';

interface PlainTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
interface Case {
  readonly layer: Layer;
  readonly input: PlainTensor;
  readonly parameters: Readonly<Record<string, PlainTensor>>;
  readonly output: PlainTensor;
  readonly outputGradient: PlainTensor;
  readonly inputGradient: PlainTensor;
  readonly parameterGradients: Readonly<Record<string, PlainTensor>>;
}

const { cases } = JSON.parse(
  readFileSync(new URL('../../fixtures/layer-gradients.json', import.meta.url), 'utf8'),
) as { cases: readonly Case[] };

/** PyTorch in double precision against sums of at most 150 terms in single. */
const TOLERANCE = 3e-6;
/** Logical maps as they are held, `[count, height, width, channels]`. */
const MAPS = [0, 2, 3, 1];

const floats = ({ shape, data }: PlainTensor): Tensor => ({ shape, data: Float32Array.from(data) });

/** Output, and gradients of input and parameters, in the logical layout. */
async function differentiated(backend: string, { layer, input, parameters, outputGradient }: Case) {
  const lowering = layerLowerings[layer.kind] as LayerLowering<Layer>;
  const names = Object.keys(parameters);
  const axesOf = (name: string) => lowering.heldAxes?.[name];
  const found = on(backend, () =>
    tidy(() => {
      const held = names.map(name => hold(floats(parameters[name] as PlainTensor), axesOf(name)));
      const dy = hold(floats(outputGradient), MAPS);
      const forward = (x: Held, ...tensors: Held[]): Tensor4D =>
        lowering.forward({
          layer,
          name: 'tested',
          inputs: [x as Tensor4D],
          parameter: name => tensors[names.indexOf(name)] as Held,
        });
      const x = hold(floats(input), MAPS);
      const gradients = grads(forward as (...tensors: Held[]) => Held)([x, ...held], dy);
      return [forward(x, ...held), ...gradients];
    }),
  );
  const [output, inputGradient, ...rest] = found as [Held, Held, ...Held[]];
  return download(backend, [
    { name: 'output', held: output, axes: MAPS },
    { name: 'input', held: inputGradient, axes: MAPS },
    ...rest.map((tensor, i) => ({
      name: names[i] as string,
      held: tensor,
      axes: axesOf(names[i] as string),
    })),
  ]);
}

describe.each(embeddedEngines)('layers on %s against PyTorch', name => {
  it.each(cases.map((tested, i) => ({ title: `${i + 1} (${tested.layer.kind})`, tested })))(
    'case $title has the same output and gradients',
    async ({ tested }) => {
      await loadEngine(name);
      const actual = await differentiated(name, tested);
      const expected = { output: tested.output, input: tested.inputGradient, ...tested.parameterGradients };
      for (const [tensor, { shape, data }] of Object.entries(expected)) {
        expect(actual.get(tensor)?.shape, tensor).toEqual(shape);
        expect(relativeDifference(actual.get(tensor)?.data ?? [], data), tensor).toBeLessThan(TOLERANCE);
      }
    },
  );
});
