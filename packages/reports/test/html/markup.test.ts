import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html, markupOf, raw } from '../../src/html/markup.js';

describe('html', () => {
  it('escapes text, keeps markup, joins lists and drops what is absent', () => {
    const item = html`<b title="${'"<'}">${'a & b'}</b>`;
    expect(markupOf(html`<p>${[item, ' ', 3]}${null}${undefined}${false}${raw('<br>')}</p>`)).toBe(
      '<p><b title="&quot;&lt;">a &amp; b</b> 3<br></p>',
    );
  });

  it('lets no text end an element or an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const inside = markupOf(html`<i a="${text}">${text}</i>`).slice('<i a="'.length, -'</i>'.length);
        expect(inside.replace('">', '')).not.toMatch(/[<>"']/);
      }),
    );
  });
});
