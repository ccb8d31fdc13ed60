import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderLivePage } from '../../src/html/index.js';
import { writeIndex, writeReport } from '../../src/write/index.js';
import { exhibitsOf, mixedResults, syntheticResults } from '../synthetic.js';

const browserFile = findChromium();

function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const candidates = [
    process.env.CHROMIUM_PATH ?? [],
    folders.flatMap(folder => names.map(name => join(folder, name))),
  ].flat();
  return candidates.find(file => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const long = syntheticResults({ hostile: `<b>&"${'x'.repeat(300)}\u{1F600}` });
const cases = {
  full: syntheticResults(),
  mixed: mixedResults(),
  empty: syntheticResults({ seeds: 0 }),
  long,
};

describe.skipIf(!browserFile)(
  'the page in Chromium (skipped where none is on PATH or at CHROMIUM_PATH)',
  () => {
    let browser: Browser;
    let folder: string;
    const addresses = new Map<string, string>();

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'report-'));
      for (const [name, results] of Object.entries(cases)) {
        const { html } = await writeReport(results, join(folder, name), exhibitsOf(results));
        addresses.set(name, pathToFileURL(html).href);
      }
      addresses.set('index', pathToFileURL(await writeIndex(join(folder, 'full'))).href);
      const live = join(folder, 'live.html');
      writeFileSync(live, await renderLivePage(Object.values(cases)));
      addresses.set('live', pathToFileURL(live).href);
      // Chromium has no sandbox for the superuser.
      const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
      browser = await chromium.launch({ ...(browserFile ? { executablePath: browserFile } : {}), args });
    });
    afterAll(async () => {
      await browser?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Opens a page without a network and gives what it complained of and asked for. */
    async function open(name: string, options: BrowserContextOptions = {}) {
      const context = await browser.newContext({ offline: true, ...options });
      const page = await context.newPage();
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on('console', message => complaints.push(message.text()));
      page.on('pageerror', error => complaints.push(error.message));
      page.on('request', request => requests.push(request.url()));
      const address = addresses.get(name) ?? '';
      await page.goto(address);
      return {
        page,
        complaints,
        others: requests.filter(url => url !== address && !url.startsWith('data:')),
        close: () => context.close(),
      };
    }

    async function sizes(page: Page, selector: string) {
      const boxes = await Promise.all((await page.locator(selector).all()).map(found => found.boundingBox()));
      return boxes.map(box => Math.min(box?.width ?? 0, box?.height ?? 0));
    }

    it.each([
      ['scripts', true],
      ['no scripts', false],
    ])('shows table, charts and curves with %s, in silence', async (_, javaScriptEnabled) => {
      const { page, complaints, others, close } = await open('full', { javaScriptEnabled });
      // Errors, cost and timings of six variants; these and an ensemble tested in two ways.
      expect(await page.locator('#results tbody tr').count()).toBe(3 * 6 + 2 * 7);
      for (const selector of [
        '#results table',
        '#errors .chart svg',
        '#curves .chart svg',
        '#results .strip',
      ]) {
        const found = await sizes(page, selector);
        expect(found.length).toBeGreaterThan(0);
        expect(Math.min(...found)).toBeGreaterThan(10);
      }
      expect(await page.locator('#curves .chart svg').count()).toBe(2);
      expect(complaints).toEqual([]);
      expect(others).toEqual([]);
      await close();
    });

    const pages = [...Object.keys(cases), 'index', 'live'];
    it.each(pages.flatMap(name => [375, 768, 1280].map(width => [name, width] as const)))(
      'keeps %s within %i pixels',
      async (name, width) => {
        const { page, complaints, close } = await open(name, { viewport: { width, height: 800 } });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        expect(complaints).toEqual([]);
        await close();
      },
    );

    it('breaks no word of the settings on a phone', async () => {
      const { page, close } = await open('full', { viewport: { width: 375, height: 800 } });
      // The longest word that a setting has; each line of a text is a box of its own.
      const lines = await page.evaluate(`[...document.querySelectorAll('#differences tbody th')].map(name => {
        name.textContent = 'normalisation';
        const text = document.createRange();
        text.selectNodeContents(name);
        return text.getClientRects().length;
      })`);
      expect(new Set(lines as readonly number[])).toEqual(new Set([1]));
      await close();
    });

    it('filters the index, which is whole without scripts', async () => {
      const bare = await open('index', { javaScriptEnabled: false });
      const all = await bare.page.locator('.claims > li').count();
      expect(all).toBeGreaterThan(100);
      expect(await bare.page.locator('form.filter').isVisible()).toBe(false);
      await bare.close();
      const { page, complaints, others, close } = await open('index', {
        viewport: { width: 375, height: 800 },
      });
      await page.locator('input[name=words]').fill('dropout');
      const shown = await page.locator('.claims > li:visible').count();
      expect(shown).toBeGreaterThan(0);
      expect(shown).toBeLessThan(all);
      expect(await page.locator('form.filter output').textContent()).toBe(`${shown} claims`);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375);
      expect([complaints, others]).toEqual([[], []]);
      await close();
    });

    it('says what a mark is when it is pointed at, as text', async () => {
      const { page, complaints, close } = await open('long');
      expect(await page.locator('.tip').isVisible()).toBe(false);
      await page.locator('#errors .chart svg [data-tip]').first().hover({ force: true });
      expect(await page.locator('.tip').textContent()).toContain(long.experiment.variants[0]?.name);
      expect(await page.locator('.tip b').count()).toBe(0);
      expect(complaints).toEqual([]);
      await close();
    });

    it('shows hostile names as they are written', async () => {
      const { page, close } = await open('long');
      const { name } = long.experiment.variants[1] ?? {};
      expect(await page.locator('h1').textContent()).toBe(long.experiment.title);
      expect(await page.locator('#results tbody th').nth(1).textContent()).toBe(name);
      await close();
    });

    it('changes its colours with the scheme, in the charts too', async () => {
      const colours = async (colorScheme: 'light' | 'dark') => {
        const { page, close } = await open('full', { colorScheme });
        const found = await page.evaluate(`[
        getComputedStyle(document.body).backgroundColor,
        getComputedStyle(document.querySelector('#errors .chart svg path[stroke]')).stroke,
        getComputedStyle(document.querySelector('#curves .chart svg text')).fill,
      ]`);
        await close();
        return found as readonly string[];
      };
      const [light, dark] = [await colours('light'), await colours('dark')];
      for (const [i, colour] of light.entries()) expect(dark[i]).not.toBe(colour);
    });
  },
);
