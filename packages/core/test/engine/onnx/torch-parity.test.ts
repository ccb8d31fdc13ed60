import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { targets } from './targets.js';
import { type Course, courseSettings, type Digest, describeCourse, runCourse } from './torch-course.js';

/**
 * 32-bit sums against PyTorch in double precision: each value within this share of the largest in its tensor. Deeper
 * nets and five updates add rounding up; batch norm's division by small deviations amplifies it.
 */
const TOLERANCE = 2e-4;

const fixture = fileURLToPath(new URL('../../fixtures/onnx-torch.json', import.meta.url));
if (process.env.STRATA_TORCH_FIXTURE === 'write') {
  const script = fileURLToPath(new URL('torch/train.py', import.meta.url));
  const input = JSON.stringify(courseSettings.map(describeCourse));
  writeFileSync(fixture, execFileSync('python3', [script], { input, maxBuffer: 2 ** 30 }));
}
const golden: Record<string, Course> = existsSync(fixture) ? JSON.parse(readFileSync(fixture, 'utf8')) : {};

function expectClose(
  actual: Readonly<Record<string, Digest>>,
  expected: Readonly<Record<string, Digest>>,
): void {
  expect(Object.keys(actual).toSorted()).toEqual(Object.keys(expected).toSorted());
  for (const [name, { norm, sample }] of Object.entries(expected)) {
    const found = actual[name] as Digest;
    const allowed = TOLERANCE * Math.max(norm / Math.sqrt(sample.length), 1e-3);
    expect(Math.abs(found.norm - norm), `norm of ${name}`).toBeLessThan(TOLERANCE * Math.max(norm, 1e-3));
    sample.forEach((value, i) => {
      expect(Math.abs((found.sample[i] ?? Number.NaN) - value), `${name} at ${i}`).toBeLessThan(allowed);
    });
  }
}

describe.each(await targets())('five steps against PyTorch, $name', ({ engine }) => {
  it.each(courseSettings)('$title', async setting => {
    const expected = golden[setting.title];
    if (!expected) throw new Error(`no fixture for "${setting.title}": see torch/train.py`);
    const trainable = await engine.build(setting.net, setting);
    const course = await runCourse(trainable, setting);
    trainable.dispose();
    course.losses.forEach((loss, i) => {
      expect(Math.abs(loss - (expected.losses[i] ?? Number.NaN))).toBeLessThan(TOLERANCE);
    });
    expectClose(course.gradients, expected.gradients);
    expectClose(course.state, expected.state);
  });
});
