import { elements } from '../../../network/index.js';
import type { Storage } from '../storage.js';
import { wholeBlocks } from './operators.js';

/** `placesOf`: a stored element's place for each logical one, found anew each time, since it is as large as the tensor. */
function permuted(shape: readonly number[], placesOf: () => Int32Array): Storage {
  return {
    shape,
    pack(logical) {
      const stored = new Float32Array(elements(shape));
      placesOf().forEach((place, i) => {
        stored[place] = logical[i] ?? 0;
      });
      return stored;
    },
    unpack: stored => Float32Array.from(placesOf(), place => stored[place] ?? 0),
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
  const placesOf = (): Int32Array => {
    const places = new Int32Array(filters * channels * area);
    let i = 0;
    for (let filter = 0; filter < filters; filter++) {
      for (let channel = 0; channel < channels; channel++) {
        const blocks = Math.floor(filter / block) * channelBlocks + Math.floor(channel / block);
        const inside = (channel % block) * block + (filter % block);
        for (let tap = 0; tap < area; tap++) places[i++] = (blocks * area + tap) * block * block + inside;
      }
    }
    return places;
  };
  return permuted([wholeBlocks(filters, block), channelBlocks * block, height, width], placesOf);
}

/** Filters over a plain input of fewer channels than a block: `[filters / b, channels, height, width, b filters]`. */
export function imageFilters(
  [filters = 1, channels = 1, height = 1, width = 1]: readonly number[],
  block: number,
): Storage {
  const size = channels * height * width;
  const placeOf = (_: unknown, i: number): number => {
    const filter = Math.floor(i / size);
    return (Math.floor(filter / block) * size + (i % size)) * block + (filter % block);
  };
  return permuted([wholeBlocks(filters, block), channels, height, width], () =>
    Int32Array.from({ length: filters * size }, placeOf),
  );
}

/** A number for each channel, filled up with zeros. */
export function channelVector(channels: number, block: number): Storage {
  return permuted([wholeBlocks(channels, block)], () => Int32Array.from({ length: channels }, (_, i) => i));
}
