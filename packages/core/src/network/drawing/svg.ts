import { multiplyAdds, parameterCount } from '../counts.js';
import type { Network } from '../network.js';
import type { Shape } from '../shape.js';
import type { Box, BoxLook } from './boxes.js';
import { arrange, extent, type Frame, GUTTER, SPACE } from './columns.js';
import { BOX, type Edge, layOut, type PanelLayout, type PlacedBox } from './layout.js';
import { type Panel, panelsOf } from './panels.js';

const MARGIN = 28;
const TOP = 104;
const PADDING = 16;
const HEADER = 58;

const COLOURS: Readonly<Record<BoxLook, { readonly fill: string; readonly line: string }>> = {
  convolution: { fill: '#e3edfb', line: '#3b6fb6' },
  dense: { fill: '#fdebd8', line: '#c9742b' },
  pooling: { fill: '#e2f3e4', line: '#3f8f4f' },
  merging: { fill: '#ffffff', line: '#4a5568' },
  other: { fill: '#f1f1f4', line: '#7a7f8c' },
};
const INK = '#1f2733';
const FAINT = '#5b6472';
const PARAMETERS = '#b9721c';
const PRODUCTS = '#3b6fb6';
const SHORTCUT = '#b5467a';

interface PlacedPanel {
  readonly panel: Panel;
  readonly layout: PanelLayout;
  readonly frame: Frame;
}

/**
 * The architecture as an SVG document: a frame for each block or stage with its share of parameters and multiply-adds, a
 * box for each layer with its output and parameters, shortcuts as arcs; equal blocks in a row are drawn once.
 */
export function drawNetwork(net: Network): string {
  const panels = panelsOf(net).map(panel => ({ panel, layout: layOut(panel) }));
  const frames = arrange(
    panels.map(({ layout }) => ({
      width: Math.max(layout.width, 200) + 2 * PADDING,
      height: layout.height + HEADER,
    })),
  );
  const placed = panels.map((each, i): PlacedPanel => ({ ...each, frame: frames[i] as Frame }));
  const size = extent(frames);
  const width = Math.max(size.width, 640) + 2 * MARGIN;
  const height = size.height + TOP + MARGIN;
  const totals = { parameters: parameterCount(net), products: multiplyAdds(net) };
  const path = placed.filter(({ panel }) => panel.branchesFrom === undefined);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="12" fill="${INK}">`,
    `<title>${escaped(net.name)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    heading(net, totals),
    `<g transform="translate(${MARGIN} ${TOP})">`,
    arrowFromImage(path[0]),
    ...path.slice(1).map((to, i) => connector(path[i] as PlacedPanel, to)),
    ...placed.map(each => drawPanel(each, totals)),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

interface Totals {
  readonly parameters: number;
  readonly products: number;
}

function heading(net: Network, { parameters, products }: Totals): string {
  const facts = `${shapeText(net.input)} in, ${net.classes} classes · ${quantity(parameters)} parameters · ${quantity(products)} multiply-adds`;
  const heads = net.auxiliary ? '; auxiliary heads (dashed) are for training and not counted' : '';
  return [
    text(MARGIN, 40, net.name, { size: 22, weight: 600 }),
    text(MARGIN, 62, facts, { size: 13, fill: FAINT }),
    `<rect x="${MARGIN}" y="74" width="18" height="4" rx="2" fill="${PARAMETERS}"/>`,
    `<rect x="${MARGIN + 96}" y="74" width="18" height="4" rx="2" fill="${PRODUCTS}"/>`,
    text(MARGIN + 24, 80, 'parameters', { size: 10, fill: FAINT }),
    text(MARGIN + 120, 80, `multiply-adds: each frame's share of the whole${heads}`, {
      size: 10,
      fill: FAINT,
    }),
  ].join('\n');
}

function drawPanel({ panel, layout, frame }: PlacedPanel, totals: Totals): string {
  const sum = (of: (box: Box) => number): number =>
    panel.times * panel.boxes.reduce((total, box) => total + of(box), 0);
  const [parameters, products] = [sum(box => box.parameters), sum(box => box.multiplyAdds)];
  const isHead = panel.branchesFrom !== undefined;
  const inner = frame.width - 2 * PADDING;
  const bar = (y: number, share: number, colour: string): string =>
    `<rect x="${PADDING}" y="${y}" width="${inner}" height="3" rx="1.5" fill="#e8eaee"/>` +
    `<rect x="${PADDING}" y="${y}" width="${round(inner * Math.min(1, share))}" height="3" rx="1.5" fill="${colour}"/>`;
  const title = panel.times === 1 ? panel.title : `${panel.title}  ×${panel.times}`;
  const under = isHead
    ? text(PADDING, 38, `from ${panel.branchesFrom}, ${quantity(parameters)} parameters`, {
        size: 10.5,
        fill: FAINT,
      })
    : text(PADDING, 38, quantity(parameters), { size: 10.5, fill: PARAMETERS }) +
      text(PADDING + 54, 38, quantity(products), { size: 10.5, fill: PRODUCTS });
  return [
    `<g transform="translate(${frame.x} ${frame.y})">`,
    `<rect width="${frame.width}" height="${frame.height}" rx="10" fill="#fafbfc" stroke="#cfd5dd"${isHead ? ' stroke-dasharray="5 4"' : ''}/>`,
    text(PADDING, 22, title, { weight: 600, size: 12.5 }),
    under,
    isHead ? '' : bar(46, parameters / totals.parameters, PARAMETERS),
    isHead ? '' : bar(51, products / totals.products, PRODUCTS),
    `<g transform="translate(${offset(frame, layout)} ${HEADER})">`,
    ...layout.edges.map(drawEdge),
    ...layout.boxes.map(drawBox),
    '</g></g>',
  ].join('\n');
}

/** Boxes stand in the middle of their frame. */
function offset(frame: Frame, layout: PanelLayout): number {
  return round((frame.width - layout.width) / 2);
}

function drawBox({ box, x, y, width, height }: PlacedBox): string {
  const { fill, line } = COLOURS[box.look];
  const corner = box.look === 'merging' ? height / 2 : 6;
  const facts = `${shapeText(box.output)}${box.parameters > 0 ? ` · ${quantity(box.parameters)}` : ''}`;
  const isSmall = box.look === 'merging' || box.look === 'other';
  const heading = isSmall ? [box.title, ...box.notes].join(' · ') : box.title;
  const lines =
    box.look === 'merging'
      ? [{ words: heading, size: 12, weight: 600, fill: INK }]
      : [
          { words: heading, size: 12, weight: 600, fill: INK },
          ...(box.notes.length > 0 && !isSmall
            ? [{ words: box.notes.join(' · '), size: 10, weight: 400, fill: line }]
            : []),
          { words: facts, size: 10, weight: 400, fill: FAINT },
        ];
  const step = 14;
  const first = y - ((lines.length - 1) * step) / 2 + 4;
  return [
    `<g><title>${escaped(`${box.name}: ${facts}`)}</title>`,
    `<rect x="${round(x - width / 2)}" y="${round(y - height / 2)}" width="${width}" height="${height}" rx="${corner}" fill="${fill}" stroke="${line}"/>`,
    ...lines.map(({ words, ...style }, i) =>
      text(x, first + i * step, words, { ...style, anchor: 'middle', most: width - 8 }),
    ),
    '</g>',
  ].join('');
}

/** A branch goes into its own lane at once and then straight down, behind no other box. */
function drawEdge({ from, to, arc }: Edge): string {
  if (arc) return drawArc(from, to);
  const below = Math.min(to.y, from.y + BOX.gapY);
  const middle = round((from.y + below) / 2);
  const path = `M${round(from.x)} ${from.y}C${round(from.x)} ${middle} ${round(to.x)} ${middle} ${round(to.x)} ${below}V${to.y}`;
  return `<path d="${path}" fill="none" stroke="${FAINT}" stroke-width="1.2"/>${arrowHead(to.x, to.y, 'down', FAINT)}`;
}

/** Out to the right of the lane, down beside it, and back. */
function drawArc(from: Edge['from'], to: Edge['to']): string {
  const side = round(from.x + BOX.width / 2 + 26);
  const bend = Math.min(56, (to.y - from.y) / 2);
  const path = `M${round(from.x)} ${from.y}C${round(from.x + 70)} ${from.y} ${side} ${from.y - 6} ${side} ${from.y + bend}V${to.y - bend}C${side} ${to.y - 8} ${side - 24} ${to.y} ${round(to.x)} ${to.y}`;
  return `<path d="${path}" fill="none" stroke="${SHORTCUT}" stroke-width="1.8"/>${arrowHead(to.x, to.y, 'left', SHORTCUT)}`;
}

function arrowHead(x: number, y: number, way: 'down' | 'left', colour: string): string {
  const [dx, dy] = way === 'down' ? [3.5, -7] : [7, 3.5];
  const points =
    way === 'down'
      ? [`${round(x - dx)},${y + dy}`, `${round(x + dx)},${y + dy}`]
      : [`${round(x + dx)},${y - dy}`, `${round(x + dx)},${y + dy}`];
  return `<polygon points="${round(x)},${y} ${points.join(' ')}" fill="${colour}"/>`;
}

function arrowFromImage(first: PlacedPanel | undefined): string {
  if (!first) return '';
  const { frame } = first;
  const x = round(frame.x + frame.width / 2);
  return `<path d="M${x} ${frame.y - 16}V${frame.y}" stroke="${FAINT}" stroke-width="1.6"/>${arrowHead(x, frame.y, 'down', FAINT)}`;
}

/** From one frame to the next: straight down, or through the gutter to the top of the next column. */
function connector({ frame: a }: PlacedPanel, { frame: b }: PlacedPanel): string {
  const [from, to] = [round(a.x + a.width / 2), round(b.x + b.width / 2)];
  const bottom = a.y + a.height;
  const style = `fill="none" stroke="${FAINT}" stroke-width="1.6"`;
  if (a.column === b.column) {
    return `<path d="M${from} ${bottom}V${b.y}" ${style}/>${arrowHead(from, b.y, 'down', FAINT)}`;
  }
  const gutter = round(b.x - GUTTER / 2);
  const [low, high, r] = [bottom + SPACE / 2, b.y - SPACE / 2, 8];
  const path = `M${from} ${bottom}V${low - r}q0 ${r} ${r} ${r}H${gutter - r}q${r} 0 ${r} ${-r}V${high + r}q0 ${-r} ${r} ${-r}H${to - r}q${r} 0 ${r} ${r}V${b.y}`;
  return `<path d="${path}" ${style}/>${arrowHead(to, b.y, 'down', FAINT)}`;
}

interface TextStyle {
  readonly size?: number;
  readonly weight?: number;
  readonly fill?: string;
  readonly anchor?: 'start' | 'middle';
  /** Letters are pressed together where they would take more pixels. */
  readonly most?: number;
}

/** Width of a letter over the font's size, about, in the widest font that is asked for. */
const LETTER = 0.6;

function text(x: number, y: number, words: string, style: TextStyle = {}): string {
  const { size = 12, weight = 400, fill = INK, anchor = 'start', most = Number.POSITIVE_INFINITY } = style;
  const pressed =
    words.length * size * LETTER > most ? ` textLength="${most}" lengthAdjust="spacingAndGlyphs"` : '';
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}"${pressed}>${escaped(words)}</text>`;
}

function shapeText([channels, height, width]: Shape): string {
  return height * width === 1 ? `${channels}` : `${channels}×${height}×${width}`;
}

/** `36.9 K`, `132.9 M`, `7.6 G`. */
function quantity(n: number): string {
  const units = ['', ' K', ' M', ' G', ' T'];
  const power = Math.min(units.length - 1, n < 1000 ? 0 : Math.floor(Math.log10(n) / 3));
  const value = n / 1000 ** power;
  return `${power === 0 ? n : value.toFixed(1)}${units[power]}`;
}

function escaped(words: string): string {
  return words.replace(/[&<>"]/g, letter => `&#${letter.charCodeAt(0)};`);
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
