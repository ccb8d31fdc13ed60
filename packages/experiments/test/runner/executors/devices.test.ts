import { fileURLToPath } from 'node:url';
import { type Execution, localExecutor } from '@strata/experiments/runner';
import { expect, it } from 'vitest';
import type { RunJob } from '../../../src/runner/perform-job.js';

const script = fileURLToPath(new URL('device-job.mjs', import.meta.url));
const GIGABYTE = 1e9;

function job(bytes: number): RunJob {
  return {
    planned: { trainingBytes: bytes, parameters: 0, run: { engine: 'tensorflow-gpu' } },
  } as unknown as RunJob;
}

async function deviceOf(execution: Execution | undefined): Promise<string | undefined> {
  execution?.stop();
  const outcome = await execution?.outcome;
  return outcome?.type === 'failed' ? outcome.reason : outcome?.type;
}

it('gives each process the GPU of its slot, several to one while slots and memory last, and waits for none that does not end', async () => {
  const places = [
    { device: '0', slots: 2, bytes: 10 * GIGABYTE },
    { device: '3', slots: 2, bytes: 3 * GIGABYTE },
  ];
  const executor = localExecutor({ store: 'none', source: {}, places, script });
  try {
    const start = (bytes: number): Execution | undefined => executor.start(job(bytes), () => {});
    // The fourth has a slot on GPU 3, but not the memory beside the second.
    const started = [2, 2, 2, 2].map(gigabytes => start(gigabytes * GIGABYTE));
    expect(started.map(execution => execution !== undefined)).toEqual([true, true, true, false]);
    const small = start(0.1 * GIGABYTE);
    expect(start(0)).toBeUndefined();
    const devices = await Promise.all([...started.slice(0, 3), small].map(deviceOf));
    expect(devices).toEqual([0, 3, 0, 3].map(device => `GPU ${device}, growing true`));
    // Not asked to end: having told its outcome it is not waited for.
    expect((await start(2 * GIGABYTE)?.outcome)?.type).toBe('failed');
  } finally {
    await executor.close();
  }
});
