import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { fetchDataSet } from '@strata/core/data';
import { UsageError } from '@strata/core/errors';
import { sha256 } from '@strata/core/hash';
import { create } from 'tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fetched, type FetchOptions, fetchStored } from '../../src/data/fetch.js';
import { type DataSetDefinition, dataSets } from '../../src/data/registry.js';
import type { Download } from '../../src/data/remote-files.js';
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
  const spec = archiveAt(address, expected);
  return fetchStored('cifar10', dataSets.cifar10, spec, { dataDir, env: {}, ...options });
}

function archiveAt(address: string, value: string): Download {
  return { kind: 'archive', file: { url: `${address}/${NAME}`, digest: { algorithm: 'sha256', value } } };
}

function leftovers(): string[] {
  return existsSync(dataDir) ? readdirSync(dataDir, { recursive: true, encoding: 'utf8' }) : [];
}

describe('fetchStored', () => {
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
    const spec = archiveAt(address, sha256(archive));
    const fetched = await fetchStored('cifar10', dataSets.cifar10, spec, { env: { XDG_CACHE_HOME: base } });
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

  it('says how to get what has no address', async () => {
    for (const [name, how] of [
      ['imagenet', /no public address: it is given out on request at https:\/\/www\.image-net\.org/],
      ['image-folder', /any folder of yours/],
      ['image-parquet', /Hugging Face Hub/],
    ] as const)
      await expect(fetchDataSet(name, { dataDir })).rejects.toThrow(how);
  });

  it('has for every stored set an address with a digest of every file, or words on how to get it', () => {
    const stored = Object.values<DataSetDefinition>(dataSets).filter(set => set.kind === 'stored');
    expect(stored.length).toBeGreaterThan(5);
    for (const { download, howToGet } of stored) {
      expect((download === undefined) !== (howToGet === undefined)).toBe(true);
      const files = download?.kind === 'files' ? download.files : download ? [download.file] : [];
      for (const { url, alternatives = [], digest } of files) {
        expect(digest.value).toMatch(digest.algorithm === 'md5' ? /^[0-9a-f]{32}$/ : /^[0-9a-f]{64}$/);
        for (const address of [url, ...alternatives]) {
          expect(address).toMatch(/^https?:\/\//);
          expect(basename(address)).toBe(basename(url));
        }
      }
    }
  });
});

describe('a set of bare files', () => {
  const bytes = (name: string): Buffer => Buffer.from(`these are the bytes of ${name}`);

  async function fetchMnist(names: readonly string[], options: FetchOptions = {}): Promise<Fetched> {
    const address = await serve((request, response) => {
      asked.push(basename(request.url ?? ''));
      response.end(bytes(basename(request.url ?? '')));
    });
    const files = names.map(name => ({
      url: `${address}/${name}`,
      digest: { algorithm: 'md5' as const, value: createHash('md5').update(bytes(name)).digest('hex') },
    }));
    return fetchStored('mnist', dataSets.mnist, { kind: 'files', files }, { dataDir, env: {}, ...options });
  }
  let asked: string[];
  beforeEach(() => {
    asked = [];
  });
  const [images, labels] = ['train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz'] as const;

  it('comes whole into its folder', async () => {
    const folder = join(dataDir, 'mnist');
    expect(await fetchMnist([images, labels])).toEqual({ folder, alreadyThere: false });
    expect(readdirSync(folder).sort()).toEqual([images, labels]);
    expect(readdirSync(dataDir)).toEqual(['mnist']);
    expect(await fetchMnist([images, labels])).toEqual({ folder, alreadyThere: true });
    expect(asked).toHaveLength(2);
  });

  it('is completed where some are there, unpacked or not', async () => {
    const folder = join(dataDir, 'mnist');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'train-images-idx3-ubyte'), 'mine');
    expect(await fetchMnist([images, labels])).toEqual({ folder, alreadyThere: false });
    expect(asked).toEqual([labels]);
    expect(readFileSync(join(folder, 'train-images-idx3-ubyte'), 'utf8')).toBe('mine');
  });

  it('leaves alone what a set that shares its folder brought there', async () => {
    const folder = join(dataDir, 'svhn');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'train_32x32.mat'), 'mine');
    const name = 'extra_32x32.mat';
    const address = await serveBytes(() => bytes(name));
    const digest = { algorithm: 'md5' as const, value: createHash('md5').update(bytes(name)).digest('hex') };
    const files = [
      { url: `${await deadAddress()}/train_32x32.mat`, digest },
      { url: `${address}/${name}`, digest },
    ];
    const fetched = await fetchStored(
      'svhn-extra',
      dataSets['svhn-extra'],
      { kind: 'files', files },
      { dataDir, env: {} },
    );
    expect(fetched).toEqual({ folder, alreadyThere: false });
    expect(readFileSync(join(folder, 'train_32x32.mat'), 'utf8')).toBe('mine');
    expect(readFileSync(join(folder, name))).toEqual(bytes(name));
  });

  it('leaves nothing behind when one of them cannot be had', async () => {
    const missing = { url: await deadAddress(), digest: { algorithm: 'md5' as const, value: '' } };
    const address = await serveBytes(() => bytes(images));
    const good = {
      url: `${address}/${images}`,
      digest: { algorithm: 'md5' as const, value: createHash('md5').update(bytes(images)).digest('hex') },
    };
    const fetching = fetchStored(
      'mnist',
      dataSets.mnist,
      { kind: 'files', files: [good, missing] },
      { dataDir, env: {} },
    );
    await expect(fetching).rejects.toThrow(/Nothing could be fetched/);
    expect(leftovers()).toEqual([]);
  });

  it('is had from another public address where the official one fails', async () => {
    const address = await serveBytes(() => bytes(images));
    const file = {
      url: `${await deadAddress()}/${images}`,
      alternatives: [`${address}/${images}`],
      digest: { algorithm: 'md5' as const, value: createHash('md5').update(bytes(images)).digest('hex') },
    };
    const fetched = await fetchStored(
      'mnist',
      dataSets.mnist,
      { kind: 'files', files: [file] },
      { dataDir, env: {} },
    );
    expect(readFileSync(join(fetched.folder, images))).toEqual(bytes(images));
  });
});
