import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ImageSet } from '@strata/core/data';
import { elements, type Shape } from '@strata/core/network';

/** Images whose pixels follow from their place; any two of up to 256 differ in every pixel. */
export function countedImages(count: number, shape: Shape, classes = 10): ImageSet {
  const size = elements(shape);
  return {
    count,
    shape,
    labels: Uint16Array.from({ length: count }, (_, i) => (i * 7) % classes),
    pixels: i => Uint8Array.from({ length: size }, (_, at) => (i * 31 + at * 7 + ((at * at) >> 3)) % 256),
  };
}

/** The real CIFAR-10 files, or part of them, if they are on this machine. */
export function realCifar10(): string | undefined {
  const bases = [process.env.STRATA_DATA_DIR, resolve('../shared/data')].filter(base => base !== undefined);
  return bases
    .flatMap(base => [join(base, 'cifar10', 'cifar-10-batches-bin'), join(base, 'cifar-10-batches-bin')])
    .find(folder => existsSync(join(folder, 'test_batch.bin')));
}
