import { inferenceSeconds, stepSeconds, usualSpeed } from '@strata/core/engine/cost';
import { buildModel, modelFamilies } from '@strata/core/models';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  convolutionProbe,
  layersProbe,
  parametersProbe,
  valueProbes,
} from '../../../src/engine/cost/probes.js';
import { secondsAt } from '../../../src/engine/cost/step-seconds.js';
import { scaled } from '../../../src/engine/cost/usual-speed.js';

const speed = usualSpeed('onnx');
const nets = Object.values(modelFamilies).flatMap(family =>
  family.names.slice(0, 2).map(name => buildModel({ name, options: family.small(name) })),
);

describe.each(nets.map(net => [net.name, net] as const))('the cost of %s', (_, net) => {
  it('rises with the batch, less than in proportion, and testing is cheaper than training', () => {
    const [one, two] = [stepSeconds(net, 32, speed), stepSeconds(net, 64, speed)];
    expect(two).toBeGreaterThan(one);
    expect(two).toBeLessThanOrEqual(2 * one);
    expect(inferenceSeconds(net, 64, speed)).toBeLessThan(two);
    expect(inferenceSeconds(net, 64, speed)).toBeGreaterThan(0);
  });

  it('is as many times as large on a machine that is so much slower', () => {
    expect(stepSeconds(net, 32, scaled(speed, 7))).toBeCloseTo(7 * stepSeconds(net, 32, speed), 10);
  });
});

it('goes by channels: between those that were measured, within their bounds', () => {
  const measured = [
    { channels: 8, seconds: 4 },
    { channels: 32, seconds: 1 },
    { channels: 64, seconds: 2 },
  ];
  expect([1, 8, 16, 32, 64, 999].map(channels => secondsAt(measured, channels))).toEqual([4, 4, 2, 1, 2, 2]);
  fc.assert(
    fc.property(fc.double({ min: 1, max: 1000, noNaN: true }), channels => {
      const seconds = secondsAt(measured, channels);
      expect(seconds).toBeGreaterThanOrEqual(1);
      expect(seconds).toBeLessThanOrEqual(4);
    }),
  );
});

it('is made of what the probes are made for', () => {
  const nothing = { ...scaled(speed, 0), multiplyAdd: [{ channels: 1, seconds: 0 }] };
  const only = (part: object): number => stepSeconds(convolutionProbe(16), 8, { ...nothing, ...part });
  expect(only({})).toBe(0);
  expect(only({ multiplyAdd: [{ channels: 1, seconds: 1 }] })).toBeGreaterThan(0);
  expect(stepSeconds(parametersProbe(), 8, { ...nothing, parameter: 1 })).toBe(2 * 512 * 512 + 512 * 10 + 10);
  expect(stepSeconds(layersProbe(3), 8, { ...nothing, layer: 1 })).toBe(3 * 3 + 3);
  for (const [kind, probe] of Object.entries(valueProbes)) {
    const value = { ...nothing.value, [kind]: 1 };
    expect(stepSeconds(probe, 1, { ...nothing, value })).toBeGreaterThanOrEqual(32 ** 3);
  }
});
