import { threefry, type Words } from './threefry.js';

/** What a random draw is for. Different purposes never share numbers. */
export type Purpose = 'init' | 'shuffle' | 'augment' | 'dropout' | 'subset' | 'shapes' | 'statistics';

/** A sequence of random numbers that is a pure function of its key: the i-th draw needs none of those before it. */
export interface Stream {
  /** The i-th 32-bit word. */
  word(i: number): number;
  /** The i-th number, uniform in [0, 1) with 32 random bits. */
  uniform(i: number): number;
  /** A whole number in [0, bound), from draw i; unbiased to within bound / 2^32. */
  below(bound: number, i: number): number;
}

const WORDS = 2 ** 32;

/** FNV-1a, so that names can be parts of a key. */
function nameWord(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Numbers above 32 bits count too: a seed of 2^40 is not the seed 0. */
function numberWords(n: number): Words {
  return [n >>> 0, Math.floor(n / WORDS) >>> 0];
}

/** The key of `(seed, purpose, …path)`; the path holds epochs, steps, indices, layer names. */
export function streamKey(seed: number, purpose: Purpose, ...path: readonly (number | string)[]): Words {
  const root = threefry([nameWord(purpose), 0x5eed], numberWords(seed));
  return path.reduce<Words>(
    (key, part) => threefry(key, typeof part === 'number' ? numberWords(part) : [nameWord(part), 0xffffffff]),
    root,
  );
}

export function stream(seed: number, purpose: Purpose, ...path: readonly (number | string)[]): Stream {
  const key = streamKey(seed, purpose, ...path);
  const word = (i: number): number => threefry(key, numberWords(Math.floor(i / 2)))[i % 2 === 0 ? 0 : 1];
  return {
    word,
    uniform: i => word(i) / WORDS,
    below: (bound, i) => Math.floor((word(i) / WORDS) * bound),
  };
}
