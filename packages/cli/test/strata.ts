import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const launcher = fileURLToPath(new URL('../bin/strata.mjs', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Options {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with all of the standard output so far. */
  readonly onOutput?: (stdout: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs the real command in a process of its own. */
export function strata(args: readonly string[], options: Options = {}): Promise<Finished> {
  const { cwd = process.cwd(), env = {}, onOutput } = options;
  // Whoever runs the tests may stand in an npm script, and have data of their own.
  const { INIT_CWD: _, STRATA_DATA_DIR: __, ...inherited } = process.env;
  const child = spawn(process.execPath, [launcher, ...args], {
    cwd,
    env: { ...inherited, XDG_CACHE_HOME: join(tmpdir(), 'strata-no-cache'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    onOutput?.(stdout, signal => child.kill(signal));
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => resolve({ code, stdout, stderr }));
  });
}

/** A folder of its own, removed after the file's tests. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'strata-cli-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The smallest training there is: one variant, two steps. */
export const tiny = [
  '--profile=smoke',
  '--only=A',
  '--set=recipe.epochs=1',
  '--set=subset.train=64',
  '--set=subset.test=20',
  '--dataset=shapes',
  '--engine=wasm',
] as const;
