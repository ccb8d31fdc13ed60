#!/usr/bin/env node
// The committed launcher: npm links it before anything is built. It builds what is missing or older than its source.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const packages = fileURLToPath(new URL('../../', import.meta.url));
const main = join(packages, 'cli', 'dist', 'main.js');

function newestSource(name) {
  const source = join(packages, name, 'src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
  return Math.max(...files.map(file => statSync(join(source, file)).mtimeMs));
}

function isStale(name) {
  const built = join(packages, name, 'dist', '.tsbuildinfo');
  return !existsSync(built) || statSync(built).mtimeMs < newestSource(name);
}

function build() {
  const require = createRequire(import.meta.url);
  let compiler;
  try {
    compiler = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  } catch {
    console.error(
      'strata: not built, and TypeScript is not installed; run "npm ci" in the project, and try again.',
    );
    process.exit(2);
  }
  console.error('Building Strata (once) …');
  const { status } = spawnSync(process.execPath, [compiler, '-b', join(packages, 'cli')], {
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) {
    console.error('strata: the build failed; see the messages above.');
    process.exit(2);
  }
}

if (!existsSync(main) || ['core', 'experiments', 'reports', 'cli'].some(isStale)) build();
await import(pathToFileURL(main).href);
