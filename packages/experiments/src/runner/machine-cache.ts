import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from '@strata/core/data';
import { writeAtomically } from '../store/index.js';

/** What was measured on this machine, in a file of the user's cache, by keys that name all that it depends on. */
export interface MachineCache<T> {
  recall(key: string): Promise<T | undefined>;
  /** What cannot be kept is measured again. */
  keep(key: string, value: T): Promise<void>;
}

export function machineCache<T>(name: string): MachineCache<T> {
  const file = join(cacheDir(), name);
  const all = async (): Promise<Record<string, T>> => {
    try {
      return JSON.parse(await readFile(file, 'utf8')) as Record<string, T>;
    } catch {
      return {};
    }
  };
  return {
    recall: async key => (await all())[key],
    keep: async (key, value) =>
      writeAtomically(file, JSON.stringify({ ...(await all()), [key]: value })).catch(() => {}),
  };
}
