import { elements } from '../../../network/index.js';
import type { Storage } from '../storage.js';
import { wholeBlocks } from './operators.js';

/** A stored element's place for each logical one. */
function permuted(shape: readonly number[], places: Int32Array): Storage {
  return {
    shape,
    pack(logical) {
      const stored = new Float32Array(elements(shape));
      places.forEach((place, i) => {
        stored[place] = logical[i] ?? 0;
      });
      return stored;
    },
    unpack: stored => Float32Array.from(places, place => stored[place] ?? 0),
  };
}

/**
 * `[filters, channels, height, width]` as blocked convolutions read filters:
 * `[filters / b, channels / b, height, width, b channels, b filters]`, filled up with zeros.
 */
export function blockedFilters(
  [filters = 1, channels = 1, height = 1, width = 1]: readonly number[],
  block: number,
): Storage {
  const area = height * width;
  const channelBlocks = Math.ceil(channels / block);
  const places = new Int32Array(filters * channels * area);
  let i = 0;
  for (let filter = 0; filter < filters; filter++) {
    for (let channel = 0; channel < channels; channel++) {
      const blocks = Math.floor(filter / block) * channelBlocks + Math.floor(channel / block);
      const inside = (channel % block) * block + (filter % block);
      for (let tap = 0; tap < area; tap++) places[i++] = (blocks * area + tap) * block * block + inside;
    }
  }
  return permuted([wholeBlocks(filters, block), channelBlocks * block, height, width], places);
}

/** Filters over a plain input of fewer channels than a block: `[filters / b, channels, height, width, b filters]`. */
export function imageFilters(
  [filters = 1, channels = 1, height = 1, width = 1]: readonly number[],
  block: number,
): Storage {
  const size = channels * height * width;
  const places = Int32Array.from({ length: filters * size }, (_, i) => {
    const filter = Math.floor(i / size);
    return (Math.floor(filter / block) * size + (i % size)) * block + (filter % block);
  });
  return permuted([wholeBlocks(filters, block), channels, height, width], places);
}

/** A number for each channel, filled up with zeros. */
export function channelVector(channels: number, block: number): Storage {
  return permuted(
    [wholeBlocks(channels, block)],
    Int32Array.from({ length: channels }, (_, i) => i),
  );
}
