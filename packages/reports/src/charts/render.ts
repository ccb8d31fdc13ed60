import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

export interface ChartText {
  /** Names the chart. */
  readonly title: string;
  /** Says what can be seen in it. */
  readonly description: string;
}

/**
 * A specification drawn as one `<svg>` element that scales with its container: the same bytes for the same arguments, no
 * ids (many charts share a page), no canvas. Vega measures text by rule of thumb without one, whatever the machine's fonts.
 */
export async function renderSvg(spec: TopLevelSpec, { title, description }: ChartText): Promise<string> {
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  try {
    const drawn = await view.toSVG();
    const size = /\bwidth="([\d.]+)" height="([\d.]+)"/.exec(drawn);
    if (!size) throw new Error('Vega drew no <svg> with a size.');
    const [, width = '0', height = '0'] = size;
    const open = `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`;
    const text = `<title>${escapeText(title)}</title><desc>${escapeText(description)}</desc>`;
    return open + text + withoutHelpers(drawn.slice(drawn.indexOf('>') + 1));
  } finally {
    view.finalize();
  }
}

/**
 * Vega's groups carry empty paths and names for its own event handling, which a still drawing does not need. What marks
 * say becomes `data-tip`: the page's script shows it, and readers of the page have the same in the table below.
 */
function withoutHelpers(svg: string): string {
  return svg
    .replace(
      /<path class="(?:back|fore)ground" aria-hidden="true" d="[^"]*"(?: pointer-events="none")?(?: display="none")?\/>/g,
      '',
    )
    .replace(/ aria-label="/g, ' data-tip="')
    .replace(
      / (?:pointer-events="none"|aria-hidden="true"|role="graphics-[a-z]+"|aria-roledescription="[^"]*")/g,
      '',
    );
}

function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
