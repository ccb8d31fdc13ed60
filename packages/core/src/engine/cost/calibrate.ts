import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Placement } from '../bench/contenders.js';
import type { ComputingSpeed, EngineSpeed } from './engine-speed.js';

/** The built file, also where the sources are run. */
const WORKER = fileURLToPath(new URL('../../../dist/engine/cost/speed-worker.js', import.meta.url));

/**
 * Measures an engine in as many processes at once as a sweep would start, with so many threads each: what they have to
 * share slows them down here too. About five seconds.
 * @throws Error with what a process wrote to standard error, when it ends early.
 */
export async function calibrate(engine: string, { processes, threads }: Placement): Promise<EngineSpeed> {
  const all = await Promise.all(Array.from({ length: processes }, () => measureInProcess(engine, threads)));
  return meanOf(all) as EngineSpeed;
}

async function measureInProcess(engine: string, threads: number): Promise<EngineSpeed> {
  const began = performance.now();
  const child = spawn(process.execPath, [WORKER, engine, `${threads}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  child.on('error', error => {
    complaint += error.message;
  });
  let start = 0;
  let last = '';
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'loaded') start = (performance.now() - began) / 1000;
    else last = line;
  }
  if (last === '')
    throw new Error(`The engine ${engine} could not be measured: ${complaint.trim().split('\n').at(-1)}`);
  return { ...(JSON.parse(last) as ComputingSpeed), start };
}

/** Number by number, of documents of one shape. */
function meanOf(documents: readonly unknown[]): unknown {
  const [first] = documents;
  if (typeof first === 'number')
    return (documents as number[]).reduce((sum, value) => sum + value, 0) / documents.length;
  if (Array.isArray(first))
    return first.map((_, i) => meanOf((documents as unknown[][]).map(list => list[i])));
  const keys = Object.keys(first as object);
  return Object.fromEntries(
    keys.map(key => [key, meanOf((documents as Record<string, unknown>[]).map(d => d[key]))]),
  );
}
