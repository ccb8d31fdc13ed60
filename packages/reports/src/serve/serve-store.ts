import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { messageOf, systemCode, UsageError } from '@strata/core/errors';
import { collectResults, type ExperimentResults } from '@strata/experiments/collect';
import { readPlanRecords } from '@strata/experiments/plan';
import { renderLiveBody, renderLivePage } from '../html/index.js';

export interface ServedStore {
  readonly address: string;
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly store: string;
  /** Folder of the written pages, served under `reports/`. */
  readonly out: string;
  /** 0 takes any that is free. */
  readonly port: number;
}

/** This machine alone: a store says which commands were run, and where. */
const LOOPBACK = '127.0.0.1';

/**
 * Shows a store as it fills on a page of its own. Nothing is written, and nobody but this machine is answered.
 * @throws UsageError where the port is taken.
 */
export async function serveStore({ store, out, port }: ServeOptions): Promise<ServedStore> {
  const server = createServer((request, response) => {
    answer(request, { store, out }).then(
      found => send(response, found),
      (error: unknown) => send(response, { status: 500, type: TEXT, body: `${messageOf(error)}\n` }),
    );
  });
  await listen(server, port);
  const bound = server.address();
  return {
    address: `http://${LOOPBACK}:${typeof bound === 'object' && bound ? bound.port : port}/`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', error =>
      reject(
        systemCode(error) === 'EADDRINUSE' || systemCode(error) === 'EACCES'
          ? new UsageError(`Port ${port} cannot be had (${messageOf(error)}); give another one with --port.`)
          : error,
      ),
    );
    server.listen(port, LOOPBACK, resolve);
  });
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
}

const TEXT = 'text/plain; charset=utf-8';
const HTML = 'text/html; charset=utf-8';

/** What pages and tables are made of; nothing else is handed out. */
const types: Readonly<Record<string, string>> = {
  '.html': HTML,
  '.csv': 'text/csv; charset=utf-8',
  '.json': 'application/json',
  '.md': TEXT,
};

const NOT_FOUND: Answer = { status: 404, type: TEXT, body: 'There is nothing here.\n' };
const NOT_WRITTEN = 'This page has not been written yet: strata report writes all of a store.\n';

async function answer(request: IncomingMessage, places: Omit<ServeOptions, 'port'>): Promise<Answer> {
  // A page of another site may point a name of its own at this machine; it would ask under that name.
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  if (host !== LOOPBACK && host !== 'localhost')
    return { status: 403, type: TEXT, body: 'Not for this host.\n' };
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, type: TEXT, body: 'Only reading.\n' };
  }
  const { pathname } = new URL(request.url ?? '/', `http://${LOOPBACK}`);
  if (pathname === '/')
    return { status: 200, type: HTML, body: await renderLivePage(await tablesOf(places)) };
  if (pathname === '/live')
    return { status: 200, type: HTML, body: await renderLiveBody(await tablesOf(places)) };
  return pathname.startsWith('/reports/')
    ? fileBelow(places.out, pathname.slice('/reports/'.length))
    : NOT_FOUND;
}

/** Every table that was asked of the store, those under way first. */
async function tablesOf({ store }: Pick<ServeOptions, 'store'>): Promise<readonly ExperimentResults[]> {
  const tables: ExperimentResults[] = [];
  for (const { plan, command } of await readPlanRecords(store)) {
    tables.push(await collectResults(store, plan, command));
  }
  const isOpen = ({ variants }: ExperimentResults): number =>
    Number(!variants.some(({ runs }) => runs.some(({ state }) => state === 'running')));
  return tables.sort((a, b) => isOpen(a) - isOpen(b));
}

async function fileBelow(folder: string, path: string): Promise<Answer> {
  const type = types[extname(path)];
  const file = normalize(join(folder, safeDecode(path)));
  if (type === undefined || !file.startsWith(normalize(folder) + sep)) return NOT_FOUND;
  try {
    return { status: 200, type, body: await readFile(file) };
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return { ...NOT_FOUND, body: NOT_WRITTEN };
  }
}

function safeDecode(path: string): string {
  try {
    return decodeURIComponent(path).replace(/\0/g, '');
  } catch {
    return '';
  }
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  response.end(body);
}
