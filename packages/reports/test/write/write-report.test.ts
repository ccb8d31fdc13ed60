import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { UsageError } from '@strata/core/errors';
import type { ExperimentResults } from '@strata/experiments/collect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeReport } from '../../src/write/index.js';
import { syntheticResults } from '../synthetic.js';

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'reports-'));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

const folderOf = async (results: ExperimentResults): Promise<string> =>
  relative(out, dirname((await writeReport(results, out)).html));

describe('writeReport', () => {
  it('writes a page and its tables into one folder, and leaves nothing else behind', async () => {
    const { html, csv } = await writeReport(syntheticResults({ profileName: 'smoke', seeds: 1 }), out);
    expect(relative(out, html)).toBe(join('small-depth', 'smoke-shapes-wasm', 'index.html'));
    expect(readdirSync(dirname(html)).sort()).toEqual([
      'claims.csv',
      'curves.csv',
      'evaluations.csv',
      'index.html',
      'report.json',
      'runs.csv',
      'table.md',
      'timings.csv',
      'variants.csv',
    ]);
    expect(new Set(csv.map(file => dirname(file)))).toEqual(new Set([dirname(html)]));
    for (const file of csv)
      expect(readFileSync(html, 'utf8')).toContain(`<a href="${relative(dirname(html), file)}">`);
  });

  it('takes the place of its own earlier page when runs were added', async () => {
    const first = await folderOf(syntheticResults({ seeds: 1 }));
    const before = readFileSync(join(out, first, 'index.html'), 'utf8');
    expect(await folderOf(syntheticResults({ seeds: 3 }))).toBe(first);
    expect(readFileSync(join(out, first, 'index.html'), 'utf8')).not.toBe(before);
  });

  it('never takes the place of a page of other data, engine, profile or settings', async () => {
    const base = syntheticResults();
    const others: readonly ExperimentResults[] = [
      { ...base, dataset: { ...base.dataset, name: 'cifar10' } },
      { ...base, dataset: { ...base.dataset, checksum: 'another' } },
      { ...base, engine: 'onnx' },
      { ...base, profileName: 'reduced' },
      { ...base, profile: { ...base.profile, recipe: { ...base.profile.recipe, epochs: 99 } } },
    ];
    const folders: string[] = [];
    for (const results of [base, ...others]) folders.push(await folderOf(results));
    expect(new Set(folders).size).toBe(folders.length);
    const again: string[] = [];
    for (const results of [base, ...others]) again.push(await folderOf(results));
    expect(again).toEqual(folders);
  });

  it('spares a page that it did not write', async () => {
    const folder = join(out, await folderOf(syntheticResults()));
    writeFileSync(join(folder, 'index.html'), 'mine');
    expect(await folderOf(syntheticResults())).toMatch(/quick-shapes-wasm-[0-9a-f]{8}$/);
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toBe('mine');
  });

  it('stays below its folder whatever the names are', async () => {
    const folder = await folderOf(syntheticResults({ seeds: 1, hostile: '/../../..\\\u0000<:' }));
    expect(folder).not.toMatch(/\.\.[/\\]|[<:\p{Cc}]/u);
    const nameless = await folderOf({
      ...syntheticResults({ seeds: 1 }),
      experiment: { ...syntheticResults().experiment, name: '...' },
    });
    expect(nameless).toMatch(/^unnamed/);
  });

  it('says in one line what cannot be written', async () => {
    const file = join(out, 'file');
    writeFileSync(file, '');
    const failure = await writeReport(syntheticResults({ seeds: 1 }), file).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UsageError);
    expect((failure as Error).message).toMatch(/^Cannot write the report below .*file: .*--out[^\n]*$/);
  });
});
