import { experiments } from '@strata/experiments/catalog';
import { paperIds, paperOf } from '@strata/experiments/papers';
import { describe, expect, it } from 'vitest';
import { renderIndexPage } from '../../src/html/index.js';
import { parseReportBrief, type ReportBrief } from '../../src/summary/index.js';

import { brokenReferences } from './references.js';

const [experiment] = experiments;
const hostile = '<script>"\u{1F600}';

function brief(word: string, dataset = 'cifar10', profile = 'reduced'): ReportBrief {
  return {
    experiment: experiment?.name ?? '',
    profile,
    dataset,
    note: null,
    engine: 'onnx',
    states: { planned: 1, running: 0, done: 8, failed: 1, diverged: 0 },
    claims: (experiment?.claims ?? []).map(({ id }) => ({ id, word, verdict: word, proxy: null })),
  };
}

describe('the index', () => {
  const empty = renderIndexPage([]);

  it('lists every experiment and every claim of every paper, without scripts too', () => {
    for (const { name } of experiments) expect(empty).toContain(`<code>${name}</code>`);
    for (const paper of paperIds) {
      for (const { id } of paperOf(paper).claims) expect(empty).toContain(`id="claim-${id}"`);
    }
    const lines = [...empty.matchAll(/<li id="claim-([^"]+)".*?data-word="([^"]+)"/g)];
    expect(lines).toHaveLength(129);
    const placed = new Set(experiments.flatMap(({ claims }) => claims.map(({ id }) => id)));
    for (const [, id = '', word] of lines) expect(word === 'no experiment yet').toBe(!placed.has(id));
    expect(empty).toContain('<form class="filter" role="search" hidden>');
  });

  it('gives the word of the largest profile, and links to every page that judges', () => {
    const page = renderIndexPage([
      { address: 'small/index.html', brief: brief('too close to call', 'shapes', 'quick') },
      { address: 'large/index.html', brief: brief('agrees') },
    ]);
    const [claim] = experiment?.claims ?? [];
    const line = page.slice(page.indexOf(`<li id="claim-${claim?.id}"`)).split('</li>')[0];
    expect(line).toContain('data-word="agrees"');
    expect(line).toContain('href="small/index.html#claim-');
    expect(line).toMatch(/large\/index\.html.*small\/index\.html/);
    expect(page).toContain('8 of 10 done, 1 failed');
  });

  it('has a place for experiments that users have written, and none without', () => {
    expect(empty).not.toContain('Your own experiments');
    const own = { ...brief('agrees'), experiment: 'my-own' };
    const page = renderIndexPage([{ address: 'my-own/index.html', brief: own }]);
    const section = page.slice(page.indexOf('Your own experiments'));
    expect(section).toContain('<code>my-own</code>');
    expect(section).toContain('href="my-own/index.html"');
    expect(section).toContain(`${experiment?.claims[0]?.id}: agrees`);
    expect(brokenReferences(page)).toEqual([]);
  });

  it('shows what a store holds as text', () => {
    const page = renderIndexPage([{ address: 'x/index.html', brief: brief(hostile, hostile) }]);
    expect(page.split('<script')).toHaveLength(2);
    expect(page).toContain('&lt;script&gt;&quot;\u{1F600}');
  });

  it('gives each id once, and every reference leads somewhere', () => {
    expect(brokenReferences(empty)).toEqual([]);
    expect(brokenReferences(renderIndexPage([{ address: 'x/index.html', brief: brief('agrees') }]))).toEqual(
      [],
    );
  });

  it('is the same twice', () => {
    expect(renderIndexPage([])).toBe(empty);
  });
});

describe('parseReportBrief', () => {
  it('takes what the writer wrote, and nothing else', () => {
    expect(parseReportBrief(JSON.stringify({ ...brief('agrees'), rows: [] }))).toMatchObject(brief('agrees'));
    for (const text of ['', '{', '[]', '{"experiment": 3}']) expect(parseReportBrief(text)).toBeUndefined();
  });
});
