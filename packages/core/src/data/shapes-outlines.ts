/** A point in a shape's own frame: the origin is its centre, and the unit circle holds it. y points down. */
type Point = readonly [x: number, y: number];

/** Signed distance to a shape's edge: negative inside. Right near the edge, which is all that smooth edges need. */
export type Outline = (x: number, y: number) => number;

const disc =
  (radius: number, centreX = 0): Outline =>
  (x, y) =>
    Math.sqrt((x - centreX) * (x - centreX) + y * y) - radius;

const without =
  (whole: Outline, hole: Outline): Outline =>
  (x, y) =>
    Math.max(whole(x, y), -hole(x, y));

const union =
  (one: Outline, other: Outline): Outline =>
  (x, y) =>
    Math.min(one(x, y), other(x, y));

/** Distance to the nearest side; inside where a ray to the right crosses an odd number of sides. */
function polygon(...corners: readonly Point[]): Outline {
  const sides = corners.map(([ax, ay], i) => {
    const [bx, by] = corners[(i + 1) % corners.length] as Point;
    const dx = bx - ax;
    const dy = by - ay;
    return { ax, ay, by, dx, dy, scale: 1 / (dx * dx + dy * dy) };
  });
  return (x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    let inside = false;
    for (const { ax, ay, by, dx, dy, scale } of sides) {
      const px = x - ax;
      const py = y - ay;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) * scale));
      const rx = px - along * dx;
      const ry = py - along * dy;
      nearest = Math.min(nearest, rx * rx + ry * ry);
      if (ay > y !== by > y && x < ax + (dx / dy) * (y - ay)) inside = !inside;
    }
    return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
  };
}

/** A rectangle given by its centre and half its width and height. */
const box =
  (halfWidth: number, halfHeight: number, centreY = 0): Outline =>
  (x, y) =>
    Math.max(Math.abs(x) - halfWidth, Math.abs(y - centreY) - halfHeight);

/** Corners at equal angles, the first at the top, on circles of the given radii in turn. */
function radial(corners: number, ...radii: readonly number[]): Outline {
  const at = (i: number): Point => {
    const angle = (2 * Math.PI * i) / corners;
    const radius = radii[i % radii.length] as number;
    return [radius * Math.sin(angle), -radius * Math.cos(angle)];
  };
  return polygon(...Array.from({ length: corners }, (_, i) => at(i)));
}

/** The ten classes of the generated data set, in order of class number. */
export const outlines = {
  disc: disc(0.85),
  ring: without(disc(0.9), disc(0.5)),
  square: box(0.7, 0.7),
  frame: without(box(0.7, 0.7), box(0.36, 0.36)),
  triangle: radial(3, 1),
  star: radial(10, 1, 0.42),
  cross: union(box(0.95, 0.28), box(0.28, 0.95)),
  bars: union(box(0.75, 0.22, -0.43), box(0.75, 0.22, 0.43)),
  crescent: without(disc(0.95), disc(0.8, 0.5)),
  arrow: polygon(
    [0, -1],
    [0.75, -0.1],
    [0.27, -0.1],
    [0.27, 0.95],
    [-0.27, 0.95],
    [-0.27, -0.1],
    [-0.75, -0.1],
  ),
} as const satisfies Record<string, Outline>;
