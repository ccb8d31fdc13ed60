import { threefry, type Words } from './threefry.js';

const WORDS = 2 ** 32;

/** Calls `use` with two fresh words for every second index: half the cost of drawing one at a time. */
function eachPair(length: number, key: Words, use: (i: number, first: number, second: number) => void): void {
  for (let i = 0; i < length; i += 2) {
    const [first, second] = threefry(key, [i >>> 1, 0]);
    use(i, first, second);
  }
}

/** Independent draws from the uniform distribution over [low, high). */
export function uniformArray(length: number, key: Words, low: number, high: number): Float32Array {
  const out = new Float32Array(length);
  const range = (high - low) / WORDS;
  eachPair(length, key, (i, first, second) => {
    out[i] = low + first * range;
    if (i + 1 < length) out[i + 1] = low + second * range;
  });
  return out;
}

/** Independent draws from N(0, deviation²), by Box and Muller. V8 computes log and cos the same on every machine. */
export function normalArray(length: number, key: Words, deviation: number): Float32Array {
  const out = new Float32Array(length);
  eachPair(length, key, (i, first, second) => {
    const radius = deviation * Math.sqrt(-2 * Math.log((first + 1) / WORDS));
    const angle = (2 * Math.PI * second) / WORDS;
    out[i] = radius * Math.cos(angle);
    if (i + 1 < length) out[i + 1] = radius * Math.sin(angle);
  });
  return out;
}

/** An inverted-dropout mask: 0 with probability `rate`, else 1 / (1 - rate). */
export function dropoutMask(length: number, key: Words, rate: number): Float32Array {
  const out = new Float32Array(length);
  const threshold = rate * WORDS;
  const kept = 1 / (1 - rate);
  eachPair(length, key, (i, first, second) => {
    out[i] = first < threshold ? 0 : kept;
    if (i + 1 < length) out[i + 1] = second < threshold ? 0 : kept;
  });
  return out;
}
