import { describe, expect, it } from 'vitest';
import { type Colour, roles, series, seriesStyle } from '../../src/charts/index.js';

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const channels = [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map(c =>
    c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

describe.each(['light', 'dark'] as const)('colours on a %s page', scheme => {
  const against = (colour: Colour, ground: Colour = roles.page) => contrast(colour[scheme], ground[scheme]);

  it('are readable as text', () => {
    for (const ground of [roles.page, roles.surface]) {
      for (const colour of [roles.ink, roles.muted, roles.ours, roles.agrees, roles.paper, roles.warning])
        expect(against(colour, ground)).toBeGreaterThan(4.5);
    }
  });

  it('stand out as lines and marks', () => {
    for (const colour of [...series, roles.ours, roles.paper, roles.warning])
      expect(against(colour)).toBeGreaterThan(3);
  });
});

describe('seriesStyle', () => {
  it('gives each of 24 variants a look of its own', () => {
    const looks = Array.from({ length: 24 }, (_, i) => JSON.stringify(seriesStyle(i)));
    expect(new Set(looks).size).toBe(24);
  });
});
