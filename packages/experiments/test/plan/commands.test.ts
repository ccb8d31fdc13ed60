import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { runCommand, timeCommand } from '../../src/plan/index.js';

it('settings reach a shell as they were given', () => {
  const settings = [
    '--profile=quick',
    '--set=recipe.freeze={"kind":"first","layers":5}',
    "--only=it's $HOME",
  ];
  const command = runCommand('vgg-depth', settings);
  expect(command.startsWith('npx nx run experiments:vgg-depth --profile=quick ')).toBe(true);
  const echoed = execFileSync('sh', ['-c', command.replace('npx nx run', 'printf "%s\\n"')], {
    encoding: 'utf8',
  });
  expect(echoed.trimEnd().split('\n').slice(1)).toEqual(settings);
});

it('timing takes the same settings', () => {
  const command = runCommand('vgg-depth', ['--profile=quick', '--only=A']);
  expect(timeCommand(command)).toBe('npx strata time vgg-depth --profile=quick --only=A');
});
