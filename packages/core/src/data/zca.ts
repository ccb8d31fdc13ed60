/** Whitening that leaves images as like themselves as it can (Krizhevsky 2009, appendix A; Goodfellow et al. 2013). */
import { inverseRoot, openProducts } from '../linear-algebra/index.js';
import { elements } from '../network/index.js';
import { type NormalisedSet, sharedFloats } from './normalised-set.js';

/** A whitening that was fitted to training images. */
export interface Zca {
  readonly mean: Float32Array;
  /** `(C + bias I)^(-1/2)`, `size x size`, C being the covariance over the images (divided by their number). */
  readonly matrix: Float32Array;
}

/** Images that are multiplied at once: sums over so few fit 32-bit floats, and sums of those are 64-bit. */
const AT_ONCE = 512;

/** Fits to all images of a set; 3072 values an image take about a minute on one core, whatever the number of images. */
export async function fitZca(images: NormalisedSet, bias: number): Promise<Zca> {
  const size = elements(images.shape);
  const mean = meanOf(images, size);
  const products = await openProducts();
  const covariance = new Float64Array(size * size);
  for (const [from, to] of parts(images.count)) {
    const part = centredPart(images, mean, from, to);
    const gram = await products.gram(part, to - from, size);
    for (let at = 0; at < covariance.length; at++)
      covariance[at] = (covariance[at] as number) + (gram[at] as number) / images.count;
  }
  for (let i = 0; i < size; i++) covariance[i * size + i] = (covariance[i * size + i] as number) + bias;
  return { mean, matrix: Float32Array.from(inverseRoot(covariance, size, bias)) };
}

/** The set whitened, held in memory that worker threads can share. */
export async function whitened(images: NormalisedSet, { mean, matrix }: Zca): Promise<NormalisedSet> {
  const size = elements(images.shape);
  const products = await openProducts();
  const all = sharedFloats(images.count * size);
  for (const [from, to] of parts(images.count)) {
    const part = centredPart(images, mean, from, to);
    all.set(await products.times(part, to - from, size, matrix), from * size);
  }
  return { ...images, values: i => all.subarray(i * size, (i + 1) * size) };
}

function meanOf(images: NormalisedSet, size: number): Float32Array {
  const sums = new Float64Array(size);
  for (let i = 0; i < images.count; i++) {
    const values = images.values(i);
    for (let at = 0; at < size; at++) sums[at] = (sums[at] as number) + (values[at] as number);
  }
  return Float32Array.from(sums, sum => sum / images.count);
}

function* parts(count: number): Generator<readonly [from: number, to: number]> {
  for (let from = 0; from < count; from += AT_ONCE) yield [from, Math.min(count, from + AT_ONCE)];
}

function centredPart(images: NormalisedSet, mean: Float32Array, from: number, to: number): Float32Array {
  const part = new Float32Array((to - from) * mean.length);
  for (let i = from; i < to; i++) {
    const values = images.values(i);
    const start = (i - from) * mean.length;
    for (let at = 0; at < mean.length; at++) part[start + at] = (values[at] as number) - (mean[at] as number);
  }
  return part;
}
