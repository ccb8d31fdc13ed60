import { UsageError, unknownName } from '../errors/index.js';
import { formatShape, type Shape, shapesEqual } from '../network/index.js';
import { isAffine, isByLevel } from './normalise.js';
import type { Augmentation, AugmentationOf, Normalisation } from './preprocessing.js';

const normalisationKinds = [
  'mean',
  'mean-image',
  'mean-deviation',
  'gcn',
  'zca',
] as const satisfies Normalisation['kind'][];

type Check<Kind extends Augmentation['kind']> = (
  augmentation: AugmentationOf<Kind>,
  input: Shape,
  place: number,
) => void;

const augmentationChecks: { readonly [Kind in Augmentation['kind']]: Check<Kind> } = {
  'rescale-crop': ({ smallest, largest }, input, place) => {
    const [, height, width] = input;
    const side = Math.max(height, width);
    const isWhole = [smallest, largest].every(Number.isInteger);
    if (!isWhole || smallest < side || largest < smallest) {
      throw new UsageError(
        `The augmentation rescale-crop cannot cut ${formatShape(input)} inputs out of images whose shorter side is ${smallest} to ${largest}; give whole numbers smallest <= largest, of at least ${side}.`,
      );
    }
    if (place > 0)
      throw new UsageError(
        'The augmentation rescale-crop makes the input’s size; name it before all others.',
      );
  },
  'pad-crop': ({ pad, mode }, input) => {
    const [, height, width] = input;
    const most = Math.min(height, width) - 1;
    if (!Number.isInteger(pad) || pad < 0 || pad > most) {
      throw new UsageError(
        `The augmentation pad-crop cannot pad ${formatShape(input)} images by ${pad}; give a whole number from 0 to ${most}.`,
      );
    }
    if (mode !== 'zero' && mode !== 'reflect')
      throw unknownName('mode of pad-crop', mode, ['zero', 'reflect']);
  },
  flip: () => {},
  affine: ({ translate, scale, squeeze, shear }) => {
    for (const [name, value] of Object.entries({ translate, scale, squeeze, shear }))
      checkNumber(`The augmentation affine has ${name}`, value, 0);
  },
  'pca-colour': ({ deviation }, input) => {
    checkNumber('The augmentation pca-colour has deviation', deviation, 0);
    if (input[0] !== 3) {
      throw new UsageError(
        `The augmentation pca-colour needs images of 3 channels, and these are ${formatShape(input)}; leave it out.`,
      );
    }
  },
};

/**
 * @param images Of the set; undefined for photographs, each of its own size.
 * @param input What the network takes: the images' own shape unless given.
 * @throws UsageError for an augmentation that these images cannot take, an unknown one, and one that is named twice.
 */
export function checkAugmentations(
  augmentations: readonly Augmentation[],
  images: Shape | undefined,
  input: Shape | undefined = images,
): void {
  if (!input) throw new RangeError('For photographs the shape of the input must be given.');
  const kinds = augmentations.map(({ kind }) => kind);
  const twice = kinds.find((kind, i) => kinds.indexOf(kind) !== i);
  if (twice) throw new UsageError(`The augmentation ${twice} is named twice; name it once.`);
  for (const [place, augmentation] of augmentations.entries()) {
    const { kind } = augmentation;
    if (!Object.hasOwn(augmentationChecks, kind))
      throw unknownName('augmentation', kind, Object.keys(augmentationChecks));
    // The table's key is the kind.
    (augmentationChecks[kind] as Check<typeof kind>)(augmentation as never, input, place);
  }
  checkSizes(kinds, images, input);
}

function checkSizes(kinds: readonly string[], images: Shape | undefined, input: Shape): void {
  if (images === undefined) {
    if (input[0] !== 3)
      throw new UsageError(
        `Photographs have 3 channels, and the network takes ${formatShape(input)}; set options.input.`,
      );
    return;
  }
  if (kinds[0] === 'rescale-crop' ? images[0] === input[0] : shapesEqual(images, input)) return;
  throw new UsageError(
    `The images are ${formatShape(images)} and the network takes ${formatShape(input)}; give it that input, or cut it out with the augmentation rescale-crop.`,
  );
}

/** @throws UsageError for a normalisation that is unknown, lacks a number, or does not go with the augmentations. */
export function checkNormalisation(
  normalisation: Normalisation,
  augmentations: readonly Augmentation[],
  images: Shape | undefined,
): void {
  const { kind } = normalisation;
  if (!normalisationKinds.includes(kind)) throw unknownName('normalisation', kind, normalisationKinds);
  if (isByLevel(normalisation)) return;
  if (images === undefined)
    throw new UsageError(
      `The normalisation ${kind} is for images of one size; use mean or mean-deviation for photographs.`,
    );
  if (isAffine(normalisation)) return;
  checkNumber(`The normalisation ${kind} has scale`, normalisation.scale, Number.MIN_VALUE);
  if (normalisation.kind === 'zca')
    checkNumber('The normalisation zca has bias', normalisation.bias, Number.MIN_VALUE);
  const colour = augmentations.find(augmentation => augmentation.kind === 'pca-colour');
  if (colour)
    throw new UsageError(
      `The augmentation pca-colour shifts pixels on the 0–255 scale, which ${kind} does not keep; leave one of them out.`,
    );
}

function checkNumber(what: string, value: unknown, least: number): void {
  if (typeof value === 'number' && Number.isFinite(value) && value >= least) return;
  throw new UsageError(`${what} ${value}; give a number ${least === 0 ? 'of at least' : 'above'} 0.`);
}
