import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { messageOf, systemCode, UsageError } from '../errors/index.js';
import type { Environment } from './locate.js';
import type { Archive } from './registry.js';

export interface DownloadOptions {
  /** The process's own unless given. */
  readonly env?: Environment;
  /** Base addresses that are tried first, then those of `STRATA_MIRRORS` (separated by commas), then the official address. */
  readonly mirrors?: readonly string[];
  /** Called with the bytes received so far, and how many there will be if the server says so. */
  readonly onProgress?: (received: number, total: number | undefined) => void;
  /** Stops the download; nothing stays behind. */
  readonly signal?: AbortSignal;
}

/**
 * Writes an archive to a file from the first address that has it, and checks what came.
 * @throws UsageError that says of every address what went wrong, or of the disk.
 */
export async function download(archive: Archive, file: string, options: DownloadOptions): Promise<void> {
  const failures: string[] = [];
  for (const url of addresses(archive, options)) {
    try {
      const sha256 = await downloadFrom(url, file, options);
      if (sha256 === archive.sha256) return;
      failures.push(`${url}: the SHA-256 is ${sha256}, expected ${archive.sha256}`);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (isDiskError(error)) throw error;
      failures.push(`${url}: ${networkReason(error)}`);
    }
  }
  throw new UsageError(
    `Nothing could be fetched (${failures.join('; ')}). Check the network, name a mirror in STRATA_MIRRORS, or unpack ${basename(archive.url)} by hand into a folder given with --data-dir.`,
  );
}

function addresses({ url }: Archive, { mirrors = [], env = process.env }: DownloadOptions): string[] {
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
  return [...bases.map(base => `${base.replace(/\/+$/, '')}/${basename(url)}`), url];
}

/** The SHA-256 of what came. */
async function downloadFrom(
  url: string,
  file: string,
  { onProgress, signal }: DownloadOptions,
): Promise<string> {
  const response = await fetch(url, signal ? { signal } : {});
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new Error(`the server answers ${response.status} ${response.statusText}`.trimEnd());
  }
  const total = Number(response.headers.get('content-length')) || undefined;
  const hash = createHash('sha256');
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
