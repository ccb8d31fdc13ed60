import type { EngineSpeed } from './engine-speed.js';

/** ONNX Runtime on one of two busy cores of a server of 2023 (AVX-512), as `calibrate` found it. */
const onnx: EngineSpeed = {
  step: 1e-4,
  layer: 7e-5,
  multiplyAdd: [
    { channels: 2, seconds: 1.2e-9 },
    { channels: 4, seconds: 3.7e-10 },
    { channels: 8, seconds: 1.2e-10 },
    { channels: 16, seconds: 2.6e-11 },
    { channels: 32, seconds: 2.2e-11 },
    { channels: 64, seconds: 2e-11 },
    { channels: 256, seconds: 2e-11 },
  ],
  parameter: 2.2e-9,
  value: {
    relu: 1.2e-9,
    batchNorm: 2.4e-9,
    localResponseNorm: 9e-9,
    maxPool: 7e-9,
    overlappingPool: 9e-9,
    dropout: 8e-8,
    scaledTanh: 2e-9,
  },
  build: 6e-3,
  start: 0.35,
};

/** How many times as long others take, roughly. */
const SLOWNESS: Readonly<Record<string, number>> = {
  cpu: 1000,
  wasm: 12,
  tensorflow: 1.2,
  'tensorflow-gpu': 0.02,
};

/** What is gone by where nothing was measured. */
export function usualSpeed(engine: string): EngineSpeed {
  const slowness = SLOWNESS[engine] ?? 1;
  return { ...scaled(onnx, slowness), build: onnx.build, start: onnx.start };
}

/** A machine on which everything that is computed takes so many times as long. */
export function scaled(speed: EngineSpeed, factor: number): EngineSpeed {
  return {
    ...speed,
    step: factor * speed.step,
    layer: factor * speed.layer,
    multiplyAdd: speed.multiplyAdd.map(({ channels, seconds }) => ({ channels, seconds: factor * seconds })),
    parameter: factor * speed.parameter,
    value: Object.fromEntries(
      Object.entries(speed.value).map(([kind, seconds]) => [kind, factor * seconds]),
    ) as EngineSpeed['value'],
  };
}
