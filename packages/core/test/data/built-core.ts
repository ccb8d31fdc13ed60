import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Builds this package where it is older than its sources: worker threads run the built files. */
export function buildCore(): void {
  const compiler = createRequire(import.meta.url).resolve('typescript/package.json');
  const core = fileURLToPath(new URL('../../', import.meta.url));
  execFileSync(process.execPath, [join(compiler, '..', 'bin', 'tsc'), '-b', core], { stdio: 'inherit' });
}
