import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { messageOf, systemCode, UsageError } from '../errors/index.js';
import type { Environment } from './locate.js';
import type { RemoteFile } from './remote-files.js';

export interface DownloadOptions {
  /** The process's own unless given. */
  readonly env?: Environment;
  /** Base addresses that are tried first, then those of `STRATA_MIRRORS` (separated by commas), then the official address. */
  readonly mirrors?: readonly string[];
  /** Called with the bytes received of a file so far, and how many there will be if the server says so. */
  readonly onProgress?: (received: number, total: number | undefined) => void;
  /** Stops the download; nothing stays behind. */
  readonly signal?: AbortSignal;
}

/**
 * Writes a file from the first address that has it, and checks what came.
 * @throws UsageError that says of every address what went wrong, or of the disk.
 */
export async function download(remote: RemoteFile, file: string, options: DownloadOptions): Promise<void> {
  const failures: string[] = [];
  const { algorithm, value } = remote.digest;
  for (const url of addresses(remote, options)) {
    try {
      const digest = await downloadFrom(url, file, algorithm, options);
      if (digest === value) return;
      failures.push(`${url}: the ${NAMES[algorithm]} is ${digest}, expected ${value}`);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (isDiskError(error)) throw error;
      failures.push(`${url}: ${networkReason(error)}`);
    }
  }
  throw new UsageError(
    `Nothing could be fetched (${failures.join('; ')}). Check the network, name a mirror in STRATA_MIRRORS, or put ${basename(remote.url)} by hand into a folder given with --data-dir, unpacked if it is an archive.`,
  );
}

const NAMES = { sha256: 'SHA-256', md5: 'MD5' } as const;

function addresses(
  { url, alternatives = [] }: RemoteFile,
  { mirrors = [], env = process.env }: DownloadOptions,
): string[] {
  const bases = [...mirrors, ...(env.STRATA_MIRRORS ?? '').split(',')]
    .map(base => base.trim())
    .filter(base => base !== '');
  for (const base of bases) {
    if (!URL.canParse(base) || !base.startsWith('http')) {
      throw new UsageError(
        `The mirror "${base}" is not a web address; give one such as https://mirror.example.org/data (STRATA_MIRRORS takes several, with commas).`,
      );
    }
  }
  return [...bases.map(base => `${base.replace(/\/+$/, '')}/${basename(url)}`), url, ...alternatives];
}

/** The digest of what came. */
async function downloadFrom(
  url: string,
  file: string,
  algorithm: string,
  { onProgress, signal }: DownloadOptions,
): Promise<string> {
  const response = await fetch(url, signal ? { signal } : {});
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new Error(`the server answers ${response.status} ${response.statusText}`.trimEnd());
  }
  const total = Number(response.headers.get('content-length')) || undefined;
  const hash = createHash(algorithm);
  let received = 0;
  async function* counted(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      received += chunk.length;
      onProgress?.(received, total);
      yield chunk;
    }
  }
  await pipeline(
    Readable.fromWeb(response.body as ReadableStream<Uint8Array>),
    counted,
    createWriteStream(file),
  );
  return hash.digest('hex');
}

const DISK_ERRORS = ['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'EIO'];

export function isDiskError(error: unknown): boolean {
  return DISK_ERRORS.includes(systemCode(error) ?? '');
}

/** `fetch` says only that it failed; the reason is its cause. */
function networkReason(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause === undefined) return messageOf(error);
  return `no answer (${messageOf(cause) || systemCode(cause) || 'connection failed'})`;
}
