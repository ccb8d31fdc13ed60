/**
 * Transfer, as the course's lectures teach it (A. Ng 2017; compare papers/course_notes.json): with few images train the last layer
 * alone, with more unfreeze from the top, with many train everything from the copied weights. The lecture has no numbers and the notes no
 * claim on it, so the table is ours: error by how many of VGG-A's eleven layers are frozen, and by how many images there are.
 *
 * Sources are trained on other images: CIFAR-100 here, ImageNet in full. Each training of a column takes the same number of
 * steps whatever its images, since epochs would starve the small ones: 1250 at `reduced`. All layers but a last one of
 * other classes are copied, and a row from drawn weights stands beside.
 *
 *   npx nx run experiments:transfer-freeze
 */
import type { Changes, Experiment, Profile, Variant } from '../experiment.js';
import { vggDepth } from '../vgg/depth.js';

const { smoke, quick, reduced, paper } = vggDepth.profiles;

const SOURCE = 'source';

/** How much there is of the target: the smallest part, four times, sixteen times as much. */
const AMOUNTS = { few: 1, more: 4, many: 16 } as const;
type Amount = keyof typeof AMOUNTS;
const amounts = Object.keys(AMOUNTS) as Amount[];

/** How many of eight convolutions and three dense layers keep the copied weights. */
const FROZEN = [0, 4, 8, 10] as const;

function nameOf(amount: Amount, frozen: number | null): string {
  return frozen === null ? `${amount}, from scratch` : `${amount}, ${frozen} frozen`;
}

const variants: readonly Variant[] = [
  { name: SOURCE, model: 'vgg-a' },
  ...amounts.flatMap((amount): readonly Variant[] => [
    { name: nameOf(amount, null), model: 'vgg-a' },
    ...FROZEN.map(
      (layers): Variant => ({
        name: nameOf(amount, layers),
        model: 'vgg-a',
        startsFrom: { variant: SOURCE },
        ...(layers > 0 && { recipe: { freeze: { kind: 'first', layers } } }),
      }),
    ),
  ]),
];

/** The target's subsets, and epochs that make the number of steps the same; `many` has the profile's. */
function changesAt(
  { subset, recipe }: Pick<Profile, 'subset' | 'recipe'>,
  source: Changes,
): Readonly<Record<string, Changes>> {
  const { train = 0 } = subset;
  const own = amounts.flatMap(amount => {
    const share = AMOUNTS.many / AMOUNTS[amount];
    const changes: Changes = { subset: { train: train / share }, recipe: { epochs: recipe.epochs * share } };
    return [null, ...FROZEN].map(frozen => [nameOf(amount, frozen), changes] as const);
  });
  return { ...Object.fromEntries(own), [SOURCE]: source };
}

function sized(
  base: Profile,
  recipe: Partial<Profile['recipe']>,
  subset: Profile['subset'],
  source: Changes,
): Omit<Profile, 'purpose'> {
  const size = { subset, recipe: { ...base.recipe, ...recipe } };
  return { ...base, ...size, startFromTrained: true, variants: changesAt(size, source) };
}

function fromCifar100(train: number, epochs: number, test: number): Changes {
  return { dataset: 'cifar100', subset: { train, test }, recipe: { epochs } };
}

export const transferFreeze: Experiment = {
  name: 'transfer-freeze',
  title: 'Transfer: how many layers to freeze',
  paper: 'course_notes',
  shows: 'The fewer images there are, the more of the copied layers should stay as they are.',
  claims: [],
  variants,
  profiles: {
    smoke: {
      ...sized(smoke, { epochs: 1, batchSize: 10 }, { train: 160, test: 100 }, fromCifar100(200, 2, 100)),
      purpose: 'Proves the plumbing in seconds; no number means anything.',
    },
    quick: {
      ...sized(
        quick,
        { epochs: 2, batchSize: 32 },
        { train: 3200, test: 500 },
        fromCifar100(5000, quick.recipe.epochs, 500),
      ),
      purpose: 'A first look: eighth-width nets from CIFAR-100 to 200, 800 and 3200 images of CIFAR-10.',
    },
    reduced: {
      ...sized(
        { ...reduced, options: { ...reduced.options, width: 1 / 8 } },
        { epochs: 10, batchSize: 32 },
        { train: 4000, test: 2000 },
        fromCifar100(10_000, 20, 2000),
      ),
      purpose:
        'Eighth-width nets from CIFAR-100 to 250, 1000 and 4000 images of CIFAR-10 over 10 paired seeds.',
    },
    paper: {
      ...sized(
        paper,
        { epochs: 30, batchSize: 32, schedule: { ...paper.recipe.schedule, initial: 0.001 } },
        { train: 8000, test: 3925 },
        {
          dataset: 'imagenet',
          subset: { train: 1_281_167, test: 50_000 },
          recipe: { ...paper.recipe },
        },
      ),
      dataset: 'imagenette',
      purpose: 'VGG-A of full width from ImageNet to 500, 2000 and 8000 photographs, for GPUs.',
    },
  },
};
