/** A panel's frame on the page. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly column: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export const GUTTER = 44;
/** Between panels of a column. */
export const SPACE = 30;
/** Width over height that a page comes closest to. */
const PROPORTION = 1.5;
const MOST_COLUMNS = 8;

/** Panels one below the other, in as many columns as make a page of landscape shape. */
export function arrange(sizes: readonly Size[]): readonly Frame[] {
  const pages = Array.from({ length: MOST_COLUMNS }, (_, i) => inColumns(sizes, i + 1));
  const badness = (frames: readonly Frame[]): number => {
    const { width, height } = extent(frames);
    return Math.abs(Math.log(width / height / PROPORTION));
  };
  return pages.reduce((best, page) => (badness(page) < badness(best) ? page : best));
}

/** Width and height that frames take up, from the corner. */
export function extent(frames: readonly Frame[]): Size {
  return {
    width: Math.max(...frames.map(({ x, width }) => x + width)),
    height: Math.max(...frames.map(({ y, height }) => y + height)),
  };
}

function inColumns(sizes: readonly Size[], count: number): readonly Frame[] {
  const total = sizes.reduce((sum, { height }) => sum + height + SPACE, 0);
  const limit = total / count;
  const columns: Size[][] = [[]];
  let filled = 0;
  for (const size of sizes) {
    // A panel goes where the larger part of it fits.
    if (filled + size.height / 2 > limit && columns.length < count && columns.at(-1)?.length) {
      columns.push([]);
      filled = 0;
    }
    columns.at(-1)?.push(size);
    filled += size.height + SPACE;
  }
  let x = 0;
  return columns.flatMap((column, place) => {
    const width = Math.max(...column.map(size => size.width));
    let y = 0;
    const frames = column.map(({ height }) => {
      const frame = { x, y, width, height, column: place };
      y += height + SPACE;
      return frame;
    });
    x += width + GUTTER;
    return frames;
  });
}
