import type { Box } from './boxes.js';
import type { Panel } from './panels.js';

export const BOX = { width: 156, height: 50, gapX: 16, gapY: 20, merging: 76 } as const;
/** Room for an arc beside the last lane. */
const ARC = 44;

export interface PlacedBox {
  readonly box: Box;
  /** Of the centre, from the panel's inner corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Edge {
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  /** A shortcut past other boxes, drawn as an arc on the right. */
  readonly arc: boolean;
}

export interface PanelLayout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly edges: readonly Edge[];
  /** Across, where the panel is entered and left. */
  readonly entry: number;
  readonly exit: number;
}

/** Boxes in rows by their depth and in lanes by their branch. */
export function layOut({ boxes }: Panel): PanelLayout {
  const rows = rowsOf(boxes);
  const lanes = lanesOf(boxes);
  const centre = (lane: number): number => BOX.width / 2 + lane * (BOX.width + BOX.gapX);
  const placed = new Map(
    boxes.map((box): [string, PlacedBox] => [
      box.name,
      {
        box,
        x: centre(lanes.get(box.name) ?? 0),
        y: BOX.gapY + BOX.height / 2 + (rows.get(box.name) ?? 0) * (BOX.height + BOX.gapY),
        width: box.look === 'merging' ? BOX.merging : BOX.width,
        height: box.look === 'merging' ? 32 : BOX.height,
      },
    ]),
  );
  const all = [...placed.values()];
  const roots = all.filter(({ box }) => box.inputs.some(name => !placed.has(name)));
  const isConcat = boxes.some(({ title }) => title === 'concat');
  const entry = isConcat ? mean(roots.map(({ x }) => x)) : (roots[0]?.x ?? 0);
  const edges = all.flatMap(target => edgesInto(target, placed, rows, entry));
  const laneCount = 1 + Math.max(...lanes.values());
  return {
    width: centre(laneCount - 1) + BOX.width / 2 + (edges.some(({ arc }) => arc) ? ARC : 0),
    height: Math.max(...all.map(({ y, height }) => y + height / 2)) + BOX.gapY,
    boxes: all,
    edges,
    entry,
    exit: all.at(-1)?.x ?? 0,
  };
}

function edgesInto(
  target: PlacedBox,
  placed: ReadonlyMap<string, PlacedBox>,
  rows: ReadonlyMap<string, number>,
  entry: number,
): readonly Edge[] {
  return target.box.inputs.map(name => {
    const source = placed.get(name);
    const row = rows.get(target.box.name) ?? 0;
    const from = source ? { x: source.x, y: source.y + source.height / 2 } : { x: entry, y: 0 };
    const arc = from.x === target.x && row - (source ? (rows.get(name) ?? 0) : -1) > 1;
    const to = arc
      ? { x: target.x + target.width / 2, y: target.y }
      : { x: target.x, y: target.y - target.height / 2 };
    return { from, to, arc };
  });
}

/** The longest way from the panel's top, then as far down as what reads a box allows, so that branches end alike. */
function rowsOf(boxes: readonly Box[]): ReadonlyMap<string, number> {
  const rows = new Map<string, number>();
  for (const { name, inputs } of boxes) {
    rows.set(name, 1 + Math.max(...inputs.map(input => rows.get(input) ?? -1)));
  }
  for (const { name } of boxes.toReversed()) {
    const readers = boxes.filter(({ inputs }) => inputs.includes(name));
    if (readers.length > 0) rows.set(name, Math.min(...readers.map(box => rows.get(box.name) ?? 0)) - 1);
  }
  return rows;
}

/** The first branch goes straight on, each other one gets a lane of its own; what merges them stands below. */
function lanesOf(boxes: readonly Box[]): ReadonlyMap<string, number> {
  const own = new Set(boxes.map(({ name }) => name));
  const lanes = new Map<string, number>();
  const straight = new Map<string, string>();
  const sums = boxes.some(({ title }) => title === '+');
  let next = 0;
  for (const box of boxes) {
    const inputs = box.inputs.filter(name => own.has(name));
    if (box.look === 'merging') {
      const above = inputs.map(name => lanes.get(name) ?? 0);
      lanes.set(box.name, box.title === 'concat' ? mean(above) : Math.min(...above));
      continue;
    }
    const from = inputs[0] ?? '';
    if (!straight.has(from)) {
      const readers = boxes.filter(
        ({ inputs: read, look }) =>
          look !== 'merging' && (from === '' ? !own.has(read[0] ?? '') : read.includes(from)),
      );
      // Of a residual block's branches the longer one is its body.
      const ordered = sums
        ? readers.toSorted((a, b) => heightAbove(b, boxes) - heightAbove(a, boxes))
        : readers;
      straight.set(from, ordered[0]?.name ?? box.name);
      for (const [i, reader] of ordered.entries()) {
        const lane = i === 0 ? (lanes.get(from) ?? next) : Math.max(next, lanes.get(from) ?? 0);
        lanes.set(reader.name, lane);
        next = Math.max(next, lane + 1);
      }
    }
  }
  return lanes;
}

/** Boxes from this one to the panel's end. */
function heightAbove({ name }: Box, boxes: readonly Box[]): number {
  const readers = boxes.filter(({ inputs }) => inputs.includes(name));
  return 1 + Math.max(0, ...readers.map(box => heightAbove(box, boxes)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
