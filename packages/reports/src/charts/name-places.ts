/** A point of a chart in pixels from its upper left corner, and how long its name is. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly characters: number;
}

/** Where a name stands beside its point, as Vega places text: its middle line at `dy`. */
export interface NamePlace {
  readonly align: 'left' | 'right' | 'center';
  readonly dx: number;
  readonly dy: number;
}

/** Tried in this order: above to the right, as names usually stand, then around the point. */
const PLACES: readonly NamePlace[] = [
  { align: 'left', dx: 9, dy: -8 },
  { align: 'left', dx: 9, dy: 9 },
  { align: 'right', dx: -9, dy: -8 },
  { align: 'right', dx: -9, dy: 9 },
  { align: 'center', dx: 0, dy: -15 },
  { align: 'center', dx: 0, dy: 16 },
];

/** Of a character on average and of a line, in pixels, at the size of the charts' text. */
const CHARACTER = 6.8;
const LINE = 12;
/** Half the side of the square around a point that names keep clear of. */
const POINT = 5;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * For each point where its name can be read: within the chart, over no point and over no name before it. Undefined where
 * there is no such place.
 */
export function namePlaces(
  spots: readonly Spot[],
  size: { readonly width: number; readonly height: number },
): readonly (NamePlace | undefined)[] {
  const chart = { left: 0, top: 0, right: size.width, bottom: size.height };
  const taken: Box[] = spots.map(({ x, y }) => around(x, y, POINT, POINT));
  return spots.map(spot => {
    const place = PLACES.find(candidate => {
      const box = nameBox(spot, candidate);
      return isWithin(box, chart) && !taken.some(other => overlap(box, other));
    });
    if (place) taken.push(nameBox(spot, place));
    return place;
  });
}

/** What a name covers. */
export function nameBox({ x, y, characters }: Spot, { align, dx, dy }: NamePlace): Box {
  const half = (characters * CHARACTER) / 2;
  const middle = x + dx + { left: half, right: -half, center: 0 }[align];
  return around(middle, y + dy, half, LINE / 2);
}

function around(x: number, y: number, across: number, down: number): Box {
  return { left: x - across, right: x + across, top: y - down, bottom: y + down };
}

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function isWithin(box: Box, outer: Box): boolean {
  return (
    box.left >= outer.left && box.right <= outer.right && box.top >= outer.top && box.bottom <= outer.bottom
  );
}
