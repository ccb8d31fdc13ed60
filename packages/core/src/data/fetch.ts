import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { extract } from 'tar';
import { messageOf, systemCode, UsageError, unknownName } from '../errors/index.js';
import { type DownloadOptions, download, isDiskError } from './download.js';
import { cacheDir, dataDirs, holdsSet, locate } from './locate.js';
import {
  type DataSetDefinition,
  dataSetNames,
  dataSets,
  isDataSetName,
  type StoredDataSet,
} from './registry.js';
import type { Download, RemoteFile } from './remote-files.js';

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
 * @throws UsageError for an unknown name, a set that is not to be fetched, and as `fetchStored` does.
 */
export async function fetchDataSet(name: string, options: FetchOptions = {}): Promise<Fetched> {
  if (!isDataSetName(name)) throw unknownName('data set', name, dataSetNames);
  const definition: DataSetDefinition = dataSets[name];
  if (definition.kind === 'generated') {
    throw new UsageError(
      `The data set ${name} is generated, there is nothing to fetch; use it with --dataset ${name}.`,
    );
  }
  if (!definition.download) {
    throw new UsageError(
      `The data set ${name} has no public address: it ${definition.howToGet ?? 'has to be asked for'}, and name the folder with --data-dir.`,
    );
  }
  return fetchStored(name, definition, definition.download, options);
}

/**
 * Downloads and verifies into a temporary folder beside the final place, unpacks an archive there, and renames what is wanted
 * into its place as the last act: the set is there whole or not at all, and a failure leaves nothing of it behind. Of a set of
 * bare files, those that are there already stay.
 * @throws UsageError that says of every address what went wrong, or of the archive, or of the disk.
 */
export async function fetchStored(
  name: string,
  set: StoredDataSet,
  source: Download,
  options: FetchOptions,
): Promise<Fetched> {
  const places = options.dataDir === undefined ? dataDirs(options) : [options.dataDir];
  const there = locate(name, set, places);
  const dataDir = options.dataDir ?? cacheDir(options.env);
  const home = join(dataDir, set.home ?? name);
  const target = there ?? home;
  const wanted = source.kind === 'archive' ? [source.file] : source.files.filter(isMissingFrom(target));
  if (there !== undefined && (source.kind === 'archive' || wanted.length === 0))
    return { folder: there, alreadyThere: true };
  try {
    await mkdir(dataDir, { recursive: true });
    const temporary = await mkdtemp(join(there ?? dataDir, `.fetch-${name}-`));
    try {
      const files: string[] = [];
      for (const remote of wanted) {
        const file = join(temporary, basename(remote.url));
        await download(remote, file, options);
        files.push(file);
      }
      options.signal?.throwIfAborted();
      if (source.kind === 'files') return await moveFiles(files, target);
      const unpacked = await unpack(source.file, files[0] as string, join(temporary, 'unpacked'), set);
      options.signal?.throwIfAborted();
      return await moveInto(unpacked, name, set, dataDir, home);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  } catch (error) {
    throw isDiskError(error) ? diskProblem(error, there ?? dataDir) : error;
  }
}

/** A file that was unpacked by hand is there too. */
function isMissingFrom(folder: string | undefined): (remote: RemoteFile) => boolean {
  return ({ url }) => {
    const name = basename(url);
    return !(
      folder !== undefined && [name, name.replace(/\.gz$/, '')].some(known => existsSync(join(folder, known)))
    );
  };
}

async function moveFiles(files: readonly string[], folder: string): Promise<Fetched> {
  await mkdir(folder, { recursive: true });
  for (const file of files) await rename(file, join(folder, basename(file)));
  return { folder, alreadyThere: false };
}

async function unpack({ url }: RemoteFile, file: string, cwd: string, set: StoredDataSet): Promise<string> {
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
  home: string,
): Promise<Fetched> {
  const folder = join(home, set.folder);
  await mkdir(home, { recursive: true });
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
