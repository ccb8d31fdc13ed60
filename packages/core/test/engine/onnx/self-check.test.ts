import { expect, it } from 'vitest';
import { bestTarget } from '../../../src/engine/onnx/engine.js';
import { probeBlock } from '../../../src/engine/onnx/nchwc/probe.js';
import { blockedTarget } from '../../../src/engine/onnx/nchwc/target.js';
import { loadRuntime } from '../../../src/engine/onnx/runtime.js';
import { agreesWithPortable } from '../../../src/engine/onnx/self-check.js';
import { portable } from '../../../src/engine/onnx/target.js';

const runtime = await loadRuntime();

it('the target that is chosen passes', async () => {
  expect(await agreesWithPortable(runtime, await bestTarget(runtime))).toBe(true);
});

it('the wrong block is noticed', async context => {
  const best = await bestTarget(runtime);
  if ((await probeBlock(runtime)) === undefined) return context.skip('this CPU has no blocked kernels');
  expect(best.name).not.toBe(portable.name);
  const wrong = blockedTarget(best.name === 'nchwc 8' ? 16 : 8);
  const outcome = await agreesWithPortable(runtime, wrong).catch(() => false);
  expect(outcome).toBe(false);
});
