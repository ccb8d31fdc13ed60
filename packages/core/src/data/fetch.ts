import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { extract } from 'tar';
import { messageOf, systemCode, UsageError, unknownName } from '../errors/index.js';
import { type DownloadOptions, download, isDiskError } from './download.js';
import { cacheDir, dataDirs, holdsSet, locate } from './locate.js';
import {
  type Archive,
  type DataSetDefinition,
  dataSetNames,
  dataSets,
  isDataSetName,
  type StoredDataSet,
} from './registry.js';

export interface FetchOptions extends DownloadOptions {
  /** Where the set goes, as `<dir>/<set>/<official folder>`; made if need be. The user's cache unless given. */
  readonly dataDir?: string;
}

export interface Fetched {
  readonly folder: string;
  /** It was there before; nothing was downloaded. */
  readonly alreadyThere: boolean;
}

/**
 * Downloads a known data set.
 * @throws UsageError for an unknown name, a set that is not to be fetched, and as `fetchArchive` does.
 */
export async function fetchDataSet(name: string, options: FetchOptions = {}): Promise<Fetched> {
  if (!isDataSetName(name)) throw unknownName('data set', name, dataSetNames);
  const definition: DataSetDefinition = dataSets[name];
  if (definition.kind === 'generated') {
    throw new UsageError(
      `The data set ${name} is generated, there is nothing to fetch; use it with --dataset ${name}.`,
    );
  }
  if (!definition.archive) {
    throw new UsageError(
      `The data set ${name} has no public address; get it from its makers and name its folder with --data-dir.`,
    );
  }
  return fetchArchive(name, definition, definition.archive, options);
}

/**
 * Downloads, verifies and unpacks into a temporary folder beside the final place, and renames the unpacked one into it as the
 * last act: the set is there whole or not at all, and a failure leaves nothing of it behind.
 * @throws UsageError that says of every address what went wrong, or of the archive, or of the disk.
 */
export async function fetchArchive(
  name: string,
  set: StoredDataSet,
  archive: Archive,
  options: FetchOptions,
): Promise<Fetched> {
  const places = options.dataDir === undefined ? dataDirs(options) : [options.dataDir];
  const there = locate(name, set, places);
  if (there !== undefined) return { folder: there, alreadyThere: true };
  const dataDir = options.dataDir ?? cacheDir(options.env);
  try {
    await mkdir(dataDir, { recursive: true });
    const temporary = await mkdtemp(join(dataDir, `.fetch-${name}-`));
    try {
      const file = join(temporary, 'archive');
      await download(archive, file, options);
      const unpacked = await unpack(archive, file, join(temporary, 'unpacked'), set);
      options.signal?.throwIfAborted();
      return await moveInto(unpacked, name, set, dataDir);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  } catch (error) {
    throw isDiskError(error) ? diskProblem(error, dataDir) : error;
  }
}

async function unpack({ url }: Archive, file: string, cwd: string, set: StoredDataSet): Promise<string> {
  await mkdir(cwd);
  try {
    await extract({ file, cwd, strict: true, preserveOwner: false });
  } catch (error) {
    if (isDiskError(error)) throw error;
    throw new UsageError(
      `${url}: the archive cannot be unpacked (${messageOf(error)}), expected a gzip'd tar file.`,
    );
  }
  const unpacked = join(cwd, set.folder);
  if (!holdsSet(unpacked, set)) {
    throw new UsageError(
      `${url}: the archive does not hold ${set.folder}/${set.files[0]}; expected the official distribution.`,
    );
  }
  return unpacked;
}

/** Another process may have been faster: then its copy stays. */
async function moveInto(
  unpacked: string,
  name: string,
  set: StoredDataSet,
  dataDir: string,
): Promise<Fetched> {
  const folder = join(dataDir, name, set.folder);
  await mkdir(join(dataDir, name), { recursive: true });
  try {
    await rename(unpacked, folder);
    return { folder, alreadyThere: false };
  } catch (error) {
    if (!existsSync(folder)) throw error;
    if (locate(name, set, [dataDir]) === folder) return { folder, alreadyThere: true };
    throw new UsageError(`${folder} is in the way and holds no ${name}; remove it and fetch again.`);
  }
}

function diskProblem(error: unknown, dataDir: string): UsageError {
  const full = ['ENOSPC', 'EDQUOT'].includes(systemCode(error) ?? '');
  return new UsageError(
    full
      ? `There is no space left in ${dataDir}; make some, or choose another place with --data-dir.`
      : `${dataDir} cannot be written to (${messageOf(error)}); choose another place with --data-dir.`,
  );
}
