import { cpus } from 'node:os';
import { type Engine, loadEngine } from '@strata/core/engine';
import type { Placement } from '@strata/core/engine/bench';
import { calibrate, type EngineSpeed, usualSpeed } from '@strata/core/engine/cost';
import { hashJson } from '@strata/core/hash';
import { strataVersion } from './environment.js';
import { machineCache } from './machine-cache.js';

/** More processes than these share what there is to share in the same way. */
const MOST_PROCESSES = 8;

/** The speed of an engine on this machine as it was measured once, or undefined. */
export async function knownSpeed(name: string, placement: Placement): Promise<EngineSpeed | undefined> {
  const engine = await loadEngine(name);
  return machineCache<EngineSpeed>('speeds.json').recall(keyOf(engine, placement));
}

/**
 * The speed of an engine on this machine: measured when it is first asked for (about five seconds, of which `onMeasure`
 * tells), then remembered for the machine, the placement and the versions. What is usual where it cannot be measured.
 */
export async function speedHere(
  name: string,
  placement: Placement,
  onMeasure: () => void = () => {},
): Promise<EngineSpeed> {
  const known = await knownSpeed(name, placement);
  if (known) return known;
  onMeasure();
  const processes = Math.min(placement.processes, MOST_PROCESSES);
  const measured = await calibrate(name, { ...placement, processes }).catch(() => undefined);
  if (measured)
    await machineCache<EngineSpeed>('speeds.json').keep(keyOf(await loadEngine(name), placement), measured);
  return measured ?? usualSpeed(name);
}

function keyOf({ name, version, detail = '' }: Engine, { processes, threads }: Placement): string {
  const cpu = cpus()[0]?.model ?? '';
  return hashJson({ name, version, detail, processes, threads, cpu, cores: cpus().length, strataVersion });
}
