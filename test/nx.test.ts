import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const store = mkdtempSync(join(tmpdir(), 'strata-nx-'));
afterAll(() => rmSync(store, { recursive: true, force: true }));

function nx(...args: readonly string[]) {
  return spawnSync('npx', ['--no-install', 'nx', ...args], { cwd: root, encoding: 'utf8' });
}

describe('Nx', () => {
  it('runs an experiment of the catalog, passes arguments on, and shows what it prints', () => {
    const settings = [
      '--profile=smoke',
      '--only=A',
      '--set',
      'recipe.epochs=1',
      '--set',
      'subset.train=64',
      '--dataset=shapes',
    ];
    const { status, stdout } = nx('run', 'experiments:vgg-depth', ...settings, `--store=${store}`);
    expect(stdout).toContain('vgg-depth, profile smoke: 1 run on shapes');
    expect(stdout).toContain('Trained 1, 0 were there.');
    expect(stdout).toContain(join(store, 'reports'));
    expect(status).toBe(0);
  });

  it('fails where the command fails', () => {
    const { status, stdout, stderr } = nx('run', 'experiments:vgg-depth', '--profile=smokey');
    expect(`${stdout}${stderr}`).toContain('Unknown profile "smokey"');
    expect(status).toBe(1);
  });
});
