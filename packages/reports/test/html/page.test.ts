import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderExperimentPage } from '../../src/html/index.js';
import {
  exhibitsOf,
  experiment,
  mixedResults,
  type SyntheticOptions,
  syntheticResults,
} from '../synthetic.js';
import { brokenReferences } from './references.js';

const cases = {
  'three seeds': syntheticResults(),
  'one seed': syntheticResults({ profileName: 'smoke', seeds: 1 }),
  'no run': syntheticResults({ seeds: 0 }),
  'nothing but plans': syntheticResults({ stateOf: () => 'planned' }),
  'failed and missing runs': mixedResults(),
  "the paper's data": syntheticResults({ dataset: { name: 'imagenet', checksum: 'ab', note: null } }),
};

function pageOf(options: SyntheticOptions): Promise<string> {
  const results = syntheticResults(options);
  return renderExperimentPage({ results, exhibits: exhibitsOf(results) });
}

/** Tags with the names of their attributes, in order; charts, whose ticks move with the length of names, as the set of theirs. */
function skeletonOf(page: string): unknown {
  const tags = (part: string) =>
    [...part.matchAll(/<[a-z!/][^>]*>/gi)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'));
  const charts = [...page.matchAll(/<figure.*?<\/figure>/gs)].map(([chart]) => chart);
  const names = new Set(charts.flatMap(tags).map(tag => tag.split(/[ >]/)[0]));
  return { charts: [...names].sort(), page: tags(page.replace(/<figure.*?<\/figure>/gs, '')) };
}

describe.each(Object.entries(cases))('the page with %s', (_, results) => {
  it('is the same twice', async () => {
    expect(await renderExperimentPage({ results, exhibits: exhibitsOf(results) })).toBe(
      await renderExperimentPage({ results, exhibits: exhibitsOf(results) }),
    );
  });

  it('loads nothing, and runs only the script that its policy names', async () => {
    const page = await renderExperimentPage({ results, exhibits: exhibitsOf(results) });
    const scripts = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text]) => text ?? '');
    expect(scripts).toHaveLength(1);
    const hash = createHash('sha256').update(scripts.join('')).digest('base64');
    expect(page).toContain(`script-src &#39;sha256-${hash}&#39;`);
    expect(page.replace(/<script>.*<\/script>/s, '')).not.toMatch(
      /<(script|link|iframe|object|embed|base|audio|video|image|use|foreignObject)\b/i,
    );
    expect(page).not.toMatch(/\s(srcset|action|ping|background|on[a-z]+)="/i);
    expect(page.replace(/<img src="data:image\/png;base64,[A-Za-z0-9+/=]+" alt="/g, '')).not.toMatch(
      /\ssrc="/,
    );
    expect(page).not.toMatch(/url\(|@import/);
    const addresses = [...page.matchAll(/https?:\/\/[^"<\s]+/g)].map(([address]) => address);
    const links = [...page.matchAll(/<a href="(https?:[^"]+)"/g)].map(([, address]) => address);
    expect(addresses.filter(address => address !== 'http://www.w3.org/2000/svg')).toEqual(links);
  });

  it('names data, profile, every variant and every claim, and has a table for each chart', async () => {
    const page = await renderExperimentPage({ results, exhibits: exhibitsOf(results) });
    expect(page).toContain(`Data: ${results.dataset.name}.`);
    expect(page).toContain(results.profile.purpose);
    for (const { name } of experiment.variants) expect(page).toContain(`<th scope="row">${name}</th>`);
    for (const { id } of experiment.claims) expect(page).toContain(`id="claim-${id}"`);
    const charts = page.split('<figure class="chart">').length - 1;
    const titled =
      page.split(/<figure class="chart"><figcaption>[^<]+<\/figcaption><svg [^>]*role="img"[^>]*><title>/)
        .length - 1;
    expect(charts).toBeGreaterThan(0);
    expect(titled).toBe(charts);
    expect(page).toContain('<summary>Top-1 error by variant: the numbers</summary>');
  });

  it('gives each id once, and every reference leads somewhere', async () => {
    for (const exhibits of [undefined, exhibitsOf(results)]) {
      const page = await renderExperimentPage({ results, ...(exhibits && { exhibits }) });
      expect(brokenReferences(page)).toEqual([]);
    }
  });

  it('prints no broken number', async () => {
    const page = await renderExperimentPage({ results, exhibits: exhibitsOf(results) });
    const broken = page.replace(/"data:[^"]*"/g, '').match(/NaN|undefined|Infinity|\[object/g);
    expect(broken).toBeNull();
  });
});

describe('the page', () => {
  it('prints n, the interval and a dash where there is none', async () => {
    const page = await renderExperimentPage({ results: mixedResults() });
    expect(page).toMatch(
      /<th scope="row">A<\/th>.*29\.6.*<b>53\.79<\/b> <span class="interval">± 2\.82<\/span>/,
    );
    expect(page).toMatch(/<th scope="row">D<\/th>.*no finished run has this value/);
    expect(page).toContain('the engine ran out of memory');
  });

  it('names under the curves the variants that have one', async () => {
    const legendOf = (page: string) =>
      page
        .split('<h2>Learning curves</h2>')[1]
        ?.split('</ul>')[0]
        ?.match(/<li>.*?<\/li>/gs) ?? [];
    const { experiment } = syntheticResults();
    expect(legendOf(await pageOf({}))).toHaveLength(experiment.variants.length);
    const [left = ''] = experiment.variants.map(({ name }) => name);
    const some = legendOf(await pageOf({ without: [left] }));
    expect(some).toHaveLength(experiment.variants.length - 1);
  });

  it('draws no comparison with a paper that prints no errors', async () => {
    const printed = syntheticResults();
    const variants = printed.variants.map(variant => ({
      ...variant,
      paper: { ...variant.paper, top1Error: null, top5Error: null },
    }));
    const [withErrors, without] = await Promise.all(
      [printed, { ...printed, variants }].map(results => renderExperimentPage({ results })),
    );
    for (const title of ['Here against the paper', 'Paper, imagenet']) {
      expect(withErrors).toContain(`<figcaption>${title}`);
      expect(without).not.toContain(`<figcaption>${title}`);
    }
    expect(without).toContain('<figcaption>Cost against error');
    expect(without).toContain('The paper prints no two errors');
  });

  it('shows names of a store as text', async () => {
    const plain = skeletonOf(await pageOf({ seeds: 1 }));
    const alphabet = [
      '<',
      '>',
      '"',
      "'",
      '&',
      '/',
      '<script>',
      '</style>',
      '-->',
      'onload=',
      '\u{1F600}',
      'x',
      ' ',
    ];
    const text = fc
      .array(fc.constantFrom(...alphabet), { maxLength: 12 })
      .map(parts => `<script>${parts.join('')}`);
    await fc.assert(
      fc.asyncProperty(text, async hostile => {
        const page = await pageOf({ seeds: 1, hostile });
        expect(page.split('<script')).toHaveLength(2);
        expect(skeletonOf(page)).toEqual(plain);
      }),
      { numRuns: 15 },
    );
  });
});
