import type { Shape } from '../network/index.js';
import { type Stream, stream } from '../random/index.js';
import { type Outline, outlines } from './shapes-outlines.js';

type Colour = readonly [red: number, green: number, blue: number];

/** Linear change of colour across the image, along a direction. */
interface Gradient {
  readonly from: Colour;
  readonly to: Colour;
  readonly direction: readonly [x: number, y: number];
}

/** Somewhere to draw: one plane a channel (red, green and blue, or gray), 0–255, in floating point. */
interface Canvas {
  readonly planes: Float32Array;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** An outline put in the image: centre and radius in pixels, turned by an angle given as its cosine and sine. */
interface Placement {
  readonly outline: Outline;
  readonly centre: readonly [x: number, y: number];
  readonly radius: number;
  readonly turn: readonly [cos: number, sin: number];
  /** Farthest that it reaches from the centre, in pixels. */
  readonly reach: readonly [x: number, y: number];
}

/**
 * How a scene varies; lengths in fractions of the image's shorter side. Shapes are large: with radii from 0.2 on, a narrow
 * net without batch norm needs more steps to begin to learn than a first look has.
 */
const scene = {
  radius: [0.36, 0.48],
  /** Radians to either side. */
  turn: 0.4,
  clutterBehind: [1, 4],
  clutterInFront: [0, 1],
  clutterLength: [0.05, 0.3],
  clutterThickness: [0.015, 0.05],
  /** Largest distance from the true grey level. */
  noise: [4, 28],
} as const;

/**
 * Paints one image of a class, planar `[3, height, width]` or in gray `[1, height, width]`, 0–255: the shape at a random place, size, angle and colour on a
 * shaded ground, strokes behind and in front of it, and noise. A pure function of its arguments.
 */
export function paintShape(
  className: keyof typeof outlines,
  split: string,
  index: number,
  shape: Shape,
): Uint8Array {
  const [channels, height, width] = shape;
  const planes = new Float32Array(channels * height * width);
  const canvas: Canvas = { planes, channels, height, width };
  const draws = sequence(stream(0, 'shapes', split, index), channels === 1);
  const ground = randomGradient(draws, randomColour(draws));
  paint(canvas, undefined, ground);
  scatter(canvas, draws, scene.clutterBehind);
  paint(
    canvas,
    randomPlacement(canvas, draws, outlines[className]),
    randomGradient(draws, contrasting(draws, ground)),
  );
  scatter(canvas, draws, scene.clutterInFront);
  return withNoise(canvas.planes, draws.between(...scene.noise), draws.word());
}

/** A stream's numbers one after the other. */
interface Draws {
  /** Colours are gray: as many numbers are drawn for them, so that all else is as in the coloured image. */
  readonly inGray: boolean;
  between(low: number, high: number): number;
  word(): number;
}

function sequence(random: Stream, inGray: boolean): Draws {
  let next = 0;
  return {
    inGray,
    between: (low, high) => low + (high - low) * random.uniform(next++),
    word: () => random.word(next++),
  };
}

function randomColour(draws: Draws): Colour {
  const colour: Colour = [draws.between(20, 235), draws.between(20, 235), draws.between(20, 235)];
  return draws.inGray ? [colour[0], colour[0], colour[0]] : colour;
}

function randomGradient(draws: Draws, from: Colour): Gradient {
  const angle = draws.between(0, 2 * Math.PI);
  const shift = (level: number): number => level + draws.between(-40, 40);
  return {
    from,
    to: [shift(from[0]), shift(from[1]), shift(from[2])],
    direction: [Math.cos(angle), Math.sin(angle)],
  };
}

/** The farthest of three random colours from the ground's: lighter or darker alike, but to be told from it. */
function contrasting(draws: Draws, ground: Gradient): Colour {
  const distance = (colour: Colour): number =>
    colour.reduce(
      (sum, level, i) => sum + Math.abs(2 * level - (ground.from[i] as number) - (ground.to[i] as number)),
      0,
    );
  const candidates = [randomColour(draws), randomColour(draws), randomColour(draws)];
  return candidates.reduce((best, colour) => (distance(colour) > distance(best) ? colour : best));
}

/** Anywhere in the image, as long as the whole shape is. */
function randomPlacement({ height, width }: Canvas, draws: Draws, outline: Outline): Placement {
  const radius = draws.between(...scene.radius) * Math.min(height, width);
  const angle = draws.between(-scene.turn, scene.turn);
  const centre = [draws.between(radius, width - radius), draws.between(radius, height - radius)] as const;
  return { outline, centre, radius, turn: [Math.cos(angle), Math.sin(angle)], reach: [radius, radius] };
}

/** Strokes of random colour, length and thickness. */
function scatter(canvas: Canvas, draws: Draws, [fewest, most]: readonly [number, number]): void {
  const { height, width } = canvas;
  const side = Math.min(height, width);
  const strokes = Math.floor(draws.between(fewest, most + 1));
  for (let i = 0; i < strokes; i++) {
    const angle = draws.between(0, Math.PI);
    const length = draws.between(...scene.clutterLength);
    const thickness = draws.between(...scene.clutterThickness);
    const centre = [draws.between(0, width), draws.between(0, height)] as const;
    const turn = [Math.cos(angle), Math.sin(angle)] as const;
    const reach = turn.map(part => side * (length * Math.abs(part) + thickness)) as [number, number];
    const colour = randomColour(draws);
    paint(
      canvas,
      { outline: strokeOutline(thickness / length), centre, radius: length * side, turn, reach },
      { from: colour, to: colour, direction: [1, 0] },
    );
  }
}

/** A line of half-length 1 with round ends. */
function strokeOutline(thickness: number): Outline {
  return (x, y) => {
    const beyond = Math.max(0, Math.abs(x) - 1);
    return Math.sqrt(beyond * beyond + y * y) - thickness;
  };
}

/** Covers what lies inside the placement, or everything; an edge pixel takes as much of the colour as the shape covers of it. */
function paint(canvas: Canvas, placement: Placement | undefined, { from, to, direction }: Gradient): void {
  const { planes, channels, height, width } = canvas;
  const plane = height * width;
  const [left, right, top, bottom] = bounds(canvas, placement);
  const [red, green, blue] = from;
  const [redChange, greenChange, blueChange] = [to[0] - red, to[1] - green, to[2] - blue];
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const cover = placement ? coverage(placement, column + 0.5, row + 0.5) : 1;
      if (cover === 0) continue;
      const part =
        0.5 + 0.5 * (direction[0] * ((2 * column) / width - 1) + direction[1] * ((2 * row) / height - 1));
      const at = row * width + column;
      planes[at] = mix(planes[at] as number, red + part * redChange, cover);
      if (channels === 1) continue;
      planes[at + plane] = mix(planes[at + plane] as number, green + part * greenChange, cover);
      planes[at + 2 * plane] = mix(planes[at + 2 * plane] as number, blue + part * blueChange, cover);
    }
  }
}

function mix(under: number, over: number, cover: number): number {
  return under + cover * (over - under);
}

/** The pixels that a placement can touch: `[left, right, top, bottom]`, ends excluded. */
function bounds(
  { height, width }: Canvas,
  placement: Placement | undefined,
): readonly [number, number, number, number] {
  if (!placement) return [0, width, 0, height];
  const {
    centre: [x, y],
    reach: [across, along],
  } = placement;
  const low = (edge: number): number => Math.max(0, Math.floor(edge - 0.5));
  const high = (edge: number, end: number): number => Math.min(end, Math.ceil(edge + 0.5));
  return [low(x - across), high(x + across, width), low(y - along), high(y + along, height)];
}

/** How much of the pixel centred at (x, y) lies inside: from its distance to the edge, in pixels. */
function coverage({ outline, centre, radius, turn: [cos, sin] }: Placement, x: number, y: number): number {
  const dx = (x - centre[0]) / radius;
  const dy = (y - centre[1]) / radius;
  const distance = radius * outline(cos * dx + sin * dy, cos * dy - sin * dx);
  return Math.min(1, Math.max(0, 0.5 - distance));
}

/**
 * Rounds to whole levels, with even noise of the given amplitude. The noise follows from one random word by a linear
 * congruential sequence (Numerical Recipes' constants), whose top byte is good enough for it and costs next to nothing.
 */
function withNoise(planes: Float32Array, amplitude: number, seed: number): Uint8Array {
  const pixels = new Uint8ClampedArray(planes.length);
  const scale = amplitude / 127.5;
  let state = seed | 0;
  for (let i = 0; i < planes.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    pixels[i] = (planes[i] as number) + scale * ((state >>> 24) - 127.5);
  }
  return new Uint8Array(pixels.buffer);
}
