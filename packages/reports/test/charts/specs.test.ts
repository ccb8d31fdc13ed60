import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { compile } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import { renderSvg } from '../../src/charts/index.js';
import { specs } from './specs.js';

const schema: object = createRequire(import.meta.url)('vega-lite/vega-lite-schema.json');
const ajv = new Ajv({ allowUnionTypes: true, strictTypes: false, strictTuples: false });
addFormats.default(ajv);
ajv.addFormat('color-hex', () => true);
const validate = ajv.compile(schema);

describe.each(specs)('$name', ({ spec }) => {
  it("is valid by vega-lite's schema", () => {
    validate(spec);
    expect(validate.errors).toBeNull();
  });

  it('compiles without a warning', () => {
    const said: unknown[] = [];
    const say = (...words: unknown[]) => {
      said.push(words);
      return logger;
    };
    const logger = { level: () => logger, warn: say, error: say, info: () => logger, debug: () => logger };
    compile(spec, { logger: logger as never });
    expect(said).toEqual([]);
  });

  it('draws the same bytes twice: no ids, no links, no broken numbers', async () => {
    const text = { title: 'A < B', description: 'one & two' };
    const svg = await renderSvg(spec, text);
    expect(await renderSvg(spec, text)).toBe(svg);
    expect(svg).toMatch(
      /^<svg [^>]*viewBox="0 0 440 \d+"[^>]*><title>A &lt; B<\/title><desc>one &amp; two<\/desc>/,
    );
    expect(svg).not.toMatch(/ id="|href|NaN|undefined|Infinity|<script|<image/);
  });
});
