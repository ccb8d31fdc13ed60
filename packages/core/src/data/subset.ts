import { UsageError } from '../errors/index.js';
import { permutation, stream } from '../random/index.js';
import type { DataSet, ImageSet } from './data-set.js';
import type { Subset } from './preprocessing.js';

/**
 * The halves that a recipe asks for: the same number of images of every class (one more of some where it does not divide),
 * drawn once and for all, whatever the run's seed. A larger subset contains the smaller ones.
 * @throws UsageError when there are not as many.
 */
export function subsetOf(
  dataSet: DataSet,
  subset: Subset,
): { readonly train: ImageSet; readonly test: ImageSet } {
  const half = (split: 'train' | 'test'): ImageSet => {
    const count = subset[split];
    return count === undefined
      ? dataSet[split]
      : balancedPart(dataSet[split], count, `${dataSet.name} (${dataSet.source})`, split);
  };
  return { train: half('train'), test: half('test') };
}

function balancedPart(images: ImageSet, count: number, name: string, split: string): ImageSet {
  if (!Number.isInteger(count) || count < 1 || count > images.count) {
    throw new UsageError(
      `A subset of ${count} ${split} images was asked of ${name}; give a whole number from 1 to ${images.count}, which is all there are.`,
    );
  }
  if (count === images.count) return images;
  const order = drawingOrder(images.labels, split);
  if (count > order.length) {
    throw new UsageError(
      `A subset of ${count} ${split} images was asked of ${name}; give at most ${order.length}, since its classes are not of equal size, or all ${images.count}.`,
    );
  }
  const places = Uint32Array.from(order.slice(0, count)).sort();
  return {
    count,
    shape: images.shape,
    labels: Uint16Array.from(places, i => images.labels[i] as number),
    pixels: i => {
      const place = places[i];
      if (place === undefined) throw new RangeError(`The subset has no image ${i}; it has ${count}.`);
      return images.pixels(place);
    },
    places,
  };
}

/** All images in the order in which subsets take them: in turn one of each class, as long as every class has one. */
function drawingOrder(labels: Uint16Array, split: string): number[] {
  const byClass = new Map<number, number[]>();
  labels.forEach((label, i) => {
    const members = byClass.get(label);
    if (members) members.push(i);
    else byClass.set(label, [i]);
  });
  const classes = [...byClass.keys()].sort((a, b) => a - b);
  const turns = [...permutation(classes.length, stream(0, 'subset', split))].map(i => classes[i] as number);
  const shuffled = turns.map(label => {
    const members = byClass.get(label) ?? [];
    return [...permutation(members.length, stream(0, 'subset', split, label))].map(i => members[i] as number);
  });
  const rounds = Math.min(...shuffled.map(members => members.length));
  return Array.from({ length: rounds }, (_, round) =>
    shuffled.map(members => members[round] as number),
  ).flat();
}
