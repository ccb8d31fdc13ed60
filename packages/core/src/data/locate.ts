import { existsSync, statSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { UsageError } from '../errors/index.js';
import type { StoredDataSet } from './registry.js';

/** Where to look for data. */
export interface DataPlaces {
  /** As given by `--data-dir`. */
  readonly dataDir?: string;
  /** The process's own unless given. */
  readonly env?: Environment;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the platform keeps what can be fetched again; `XDG_CACHE_HOME` counts everywhere when it is absolute. */
export function cacheDir(env: Environment = process.env): string {
  const xdg = env.XDG_CACHE_HOME;
  if (xdg && isAbsolute(xdg)) return join(xdg, 'strata');
  const home = env.HOME ?? homedir();
  if (platform() === 'darwin') return join(home, 'Library', 'Caches', 'strata');
  if (platform() === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'strata');
  return join(home, '.cache', 'strata');
}

/**
 * The directories in which data sets are looked for, in this order: the one given, `STRATA_DATA_DIR`, the user's cache.
 * @throws UsageError when the one given is not a directory.
 */
export function dataDirs({ dataDir, env = process.env }: DataPlaces): string[] {
  if (dataDir !== undefined && !isDirectory(dataDir)) {
    throw new UsageError(
      `The data directory ${dataDir} ${existsSync(dataDir) ? 'is not a directory' : 'does not exist'}; give one that holds data sets, or leave --data-dir out.`,
    );
  }
  return [dataDir, env.STRATA_DATA_DIR || undefined, cacheDir(env)].filter(dir => dir !== undefined);
}

/** The folder that holds the set's files: `<dir>/<set>/…` before `<dir>/…`, in each the official folder before bare files. */
export function locate(name: string, set: StoredDataSet, dirs: readonly string[]): string | undefined {
  const { home = name, folder, sharesFileNames = false, installed } = set;
  const places = dirs.flatMap(dir => [
    join(dir, home, folder),
    join(dir, home),
    ...(sharesFileNames && basename(resolve(dir)) !== home ? [] : [join(dir, folder), dir]),
  ]);
  return [...places, ...(installed === undefined ? [] : [installed])].find(place => holdsSet(place, set));
}

/** Whether a folder holds the set, or part of it. */
export function holdsSet(folder: string, { files, holds }: StoredDataSet): boolean {
  return files.some(file => existsSync(join(folder, file))) && (holds?.(folder) ?? true);
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
