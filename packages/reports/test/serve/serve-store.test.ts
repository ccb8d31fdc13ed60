import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '@strata/core/errors';
import { experimentNamed } from '@strata/experiments/catalog';
import { declaredData, planExperiment, recordPlan } from '@strata/experiments/plan';
import { type Attempt, beginAttempt, recordFailure } from '@strata/experiments/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedStore, serveStore } from '../../src/serve/index.js';

let folder: string;
let served: ServedStore;
let attempt: Attempt | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'serve-'));
  const experiment = experimentNamed('vgg-depth');
  const profile = experiment.profiles.smoke;
  const plan = planExperiment({
    experiment,
    profileName: 'smoke',
    profile,
    data: { ...declaredData(experiment, profile).data, name: '<script>alert(1)</script>' },
    engine: 'onnx',
    seeds: [0],
  });
  await recordPlan(folder, plan, 'command');
  const [first, second] = plan.runs;
  if (!first || !second) throw new RangeError('no runs');
  attempt = await beginAttempt(folder, first.id, first.run);
  await attempt?.beginEvents([
    { type: 'start', steps: 16, epochs: 2, resumedFromStep: 0, time: '' },
    { type: 'step', step: 5, epoch: 1, learningRate: 0.1, loss: 2.25, top1Error: 80, imagesPerSecond: 512 },
  ]);
  await recordFailure(folder, second.id, second.run, 'out of memory');
  mkdirSync(join(folder, 'reports'));
  writeFileSync(join(folder, 'reports', 'index.html'), 'the index');
  served = await serveStore({ store: folder, out: join(folder, 'reports'), port: 0 });
});
afterAll(async () => {
  await served.close();
  await attempt?.end();
  rmSync(folder, { recursive: true, force: true });
});

/** As typed: `fetch` would tidy a path and set its own host. */
function get(
  path: string,
  { method = 'GET', host = '127.0.0.1' } = {},
): Promise<{ status: number; body: string }> {
  const { port } = new URL(served.address);
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers: { host } }, response => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });
}

describe('a served store', () => {
  it('shows runs under way, failed ones, and no word before the planned seeds', async () => {
    for (const path of ['/', '/live']) {
      const { status, body } = await get(path);
      expect(status).toBe(200);
      expect(body).toContain('5 of 16 steps');
      expect(body).toContain('2.250');
      expect(body).toContain('0 of 6 runs done, 1 running, 1 failed');
      expect(body).not.toContain('>agrees<');
      expect(body).not.toContain('<script>alert');
    }
  });

  it('hands out written pages and nothing else', async () => {
    expect(await get('/reports/index.html')).toEqual({ status: 200, body: 'the index' });
    for (const path of [
      '/reports/../store.json',
      '/reports/%2e%2e/plans/x.json',
      '/reports/none.html',
      '/etc/passwd',
    ]) {
      expect((await get(path)).status).toBe(404);
    }
  });

  it('says who writes a page that is not there yet', async () => {
    expect((await get('/reports/vgg-depth/index.html')).body).toContain('strata report');
  });

  it('answers this machine alone, and only reading', async () => {
    expect((await get('/', { host: 'example.org' })).status).toBe(403);
    expect((await get('/', { method: 'POST' })).status).toBe(405);
    expect(new URL(served.address).hostname).toBe('127.0.0.1');
  });

  it('says in one line that a port is taken', async () => {
    const port = Number(new URL(served.address).port);
    const failure = await serveStore({ store: folder, out: folder, port }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UsageError);
    expect((failure as Error).message).toMatch(/^Port \d+ cannot be had .*--port[^\n]*$/);
  });
});
