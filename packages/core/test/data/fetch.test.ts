import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fetchDataSet } from '@strata/core/data';
import { UsageError } from '@strata/core/errors';
import { sha256 } from '@strata/core/hash';
import { create } from 'tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fetched, type FetchOptions, fetchArchive } from '../../src/data/fetch.js';
import { dataSets } from '../../src/data/registry.js';
import { temporaryFolder, writeCifar10 } from './cifar10-files.js';

const NAME = 'cifar-10-binary.tar.gz';
let base: string;
let dataDir: string;
let archive: Buffer;
let servers: Server[];

beforeEach(async () => {
  base = temporaryFolder();
  dataDir = join(base, 'data');
  servers = [];
  archive = await packed('cifar-10-batches-bin');
});
afterEach(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(base, { recursive: true });
});

/** A gzip'd tar of one folder, which holds a small CIFAR-10. */
async function packed(folder: string): Promise<Buffer> {
  const source = join(base, 'source');
  writeCifar10(source);
  if (folder !== 'cifar-10-batches-bin') mkdirSync(join(source, folder));
  await create({ gzip: true, file: join(base, NAME), cwd: source }, [folder]);
  return readFileSync(join(base, NAME));
}

/** The base address of a server on this machine. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function serveBytes(bytes: () => Uint8Array): Promise<string> {
  return serve((_, response) => {
    response.setHeader('content-length', bytes().length);
    response.end(bytes());
  });
}

/** An address at which nobody listens. */
async function deadAddress(): Promise<string> {
  const address = await serve(() => {});
  const server = servers.at(-1) as Server;
  await new Promise(resolve => server.close(resolve));
  return address;
}

function fetchFrom(
  address: string,
  options: FetchOptions = {},
  expected = sha256(archive),
): Promise<Fetched> {
  const spec = { url: `${address}/${NAME}`, sha256: expected };
  return fetchArchive('cifar10', dataSets.cifar10, spec, { dataDir, env: {}, ...options });
}

function leftovers(): string[] {
  return existsSync(dataDir) ? readdirSync(dataDir, { recursive: true, encoding: 'utf8' }) : [];
}

describe('fetchArchive', () => {
  it('puts the set in its place and nothing beside it, reporting progress', async () => {
    const seen: [number, number | undefined][] = [];
    const fetched = await fetchFrom(await serveBytes(() => archive), {
      onProgress: (...now) => seen.push(now),
    });
    const folder = join(dataDir, 'cifar10', 'cifar-10-batches-bin');
    expect(fetched).toEqual({ folder, alreadyThere: false });
    expect((await dataSets.cifar10.read(folder)).train.count).toBe(20);
    expect(leftovers().sort()).toEqual([
      'cifar10',
      'cifar10/cifar-10-batches-bin',
      'cifar10/cifar-10-batches-bin/data_batch_1.bin',
      'cifar10/cifar-10-batches-bin/test_batch.bin',
    ]);
    expect(seen.at(-1)).toEqual([archive.length, archive.length]);
  });

  it('goes to the cache unless told otherwise', async () => {
    const address = await serveBytes(() => archive);
    const spec = { url: `${address}/${NAME}`, sha256: sha256(archive) };
    const fetched = await fetchArchive('cifar10', dataSets.cifar10, spec, { env: { XDG_CACHE_HOME: base } });
    expect(fetched.folder).toBe(join(base, 'strata', 'cifar10', 'cifar-10-batches-bin'));
  });

  it('downloads nothing when the set is there', async () => {
    const there = writeCifar10(dataDir);
    expect(await fetchFrom('http://127.0.0.1:1')).toEqual({ folder: there, alreadyThere: true });
  });

  it('lets the first of two that run at once have its way', async () => {
    const address = await serveBytes(() => archive);
    const both = await Promise.all([fetchFrom(address), fetchFrom(address)]);
    expect(both.map(({ folder }) => folder)).toEqual(
      new Array(2).fill(join(dataDir, 'cifar10', 'cifar-10-batches-bin')),
    );
    expect(leftovers()).toHaveLength(4);
  });

  it('tries mirrors in order, then the official address, whatever is wrong with those before', async () => {
    const asked: string[] = [];
    const missing = await serve((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(404).end('no such file');
    });
    const wrong = await serveBytes(() => archive.subarray(1));
    const dead = await deadAddress();
    const official = await serveBytes(() => archive);
    const env = { STRATA_MIRRORS: ` ${wrong}, ${dead} ,` };
    const fetched = await fetchFrom(official, { mirrors: [`${missing}/data/`], env });
    expect(fetched.alreadyThere).toBe(false);
    expect(asked).toEqual([`/data/${NAME}`]);
  });

  it('refuses a mirror that is not a web address', async () => {
    for (const mirror of ['somewhere', 'ftp://example.org']) {
      await expect(fetchFrom('http://127.0.0.1:1', { mirrors: [mirror] })).rejects.toThrow(
        /is not a web address/,
      );
    }
  });
});

describe('a fetch that fails', () => {
  const truncating: RequestListener = (_, response) => {
    response.setHeader('content-length', archive.length);
    response.write(archive.subarray(0, 1000), () => response.destroy());
  };

  it.each([
    [
      'an HTTP error',
      () => serve((_, response) => response.writeHead(503).end()),
      /the server answers 503 Service Unavailable/,
    ],
    ['no server', deadAddress, /no answer \(.*ECONNREFUSED/],
    ['a connection that breaks', () => serve(truncating), /no answer \(/],
    [
      'other bytes',
      () => serveBytes(() => Buffer.from('<html>')),
      /the SHA-256 is [0-9a-f]{64}, expected [0-9a-f]{64}/,
    ],
  ])('by %s says so and leaves nothing behind', async (_, server, message) => {
    const fetching = fetchFrom(await server());
    await expect(fetching).rejects.toThrow(UsageError);
    await expect(fetching).rejects.toThrow(message);
    await expect(fetching).rejects.toThrow(/STRATA_MIRRORS.*by hand/);
    expect(leftovers()).toEqual([]);
  });

  it.each([
    [
      'is not a tar file',
      () => Promise.resolve(Buffer.from('not a tar file at all')),
      /cannot be unpacked|does not hold/,
    ],
    ['holds something else', () => packed('other'), /does not hold cifar-10-batches-bin/],
  ])('since the archive %s says so and leaves nothing behind', async (_, make, message) => {
    const bytes = await make();
    const fetching = fetchFrom(await serveBytes(() => bytes), {}, sha256(bytes));
    await expect(fetching).rejects.toThrow(UsageError);
    await expect(fetching).rejects.toThrow(message);
    expect(leftovers()).toEqual([]);
  });

  it('when it is stopped leaves nothing behind', async () => {
    const stop = new AbortController();
    const address = await serve((_, response) => {
      response.write(archive.subarray(0, 100));
    });
    const fetching = fetchFrom(address, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(fetching).rejects.toThrow(/abort/i);
    expect(leftovers()).toEqual([]);
  });

  it('because its place is taken by a file, or by other things, says so', async () => {
    writeFileSync(dataDir, '');
    await expect(fetchFrom('http://127.0.0.1:1')).rejects.toThrow(
      /cannot be written to .*choose another place/,
    );
    rmSync(dataDir);
    mkdirSync(join(dataDir, 'cifar10', 'cifar-10-batches-bin', 'photos'), { recursive: true });
    const fetching = fetchFrom(await serveBytes(() => archive));
    await expect(fetching).rejects.toThrow(/cifar-10-batches-bin is in the way and holds no cifar10/);
  });
});

describe('fetchDataSet', () => {
  it('refuses unknown names, and sets that need no fetching', async () => {
    await expect(fetchDataSet('cifar11', { dataDir })).rejects.toThrow(/Did you mean "cifar10"/);
    await expect(fetchDataSet('shapes', { dataDir })).rejects.toThrow(/generated, there is nothing to fetch/);
  });

  it('knows the checksum of every archive, and takes it from a secure address', () => {
    const archives = Object.values(dataSets).flatMap(set => ('archive' in set ? [set.archive] : []));
    expect(archives.length).toBeGreaterThan(0);
    for (const { url, sha256: expected } of archives) {
      expect(url).toMatch(/^https:\/\/.*\.tar\.gz$/);
      expect(expected).toMatch(/^[0-9a-f]{64}$/);
    }
  });
});
