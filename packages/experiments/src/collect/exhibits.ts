import { type DataSet, type Images, subsetOf } from '@strata/core/data';
import type { Tensor } from '@strata/core/engine';
import { buildModel } from '@strata/core/models';
import type { LikelyClasses } from '@strata/core/training';
import { readTensor } from '../store/index.js';
import { type Picture, pictureOf } from './pictures.js';
import type { CollectedRun, ExperimentResults, VariantResults } from './results.js';

/** What trained networks have become, to be looked at: the store's weights and predictions beside the test images. */
export interface Exhibits {
  readonly filters: readonly FirstFilters[];
  /** Null where the labels of the test images are not at hand. */
  readonly predictions: TestPredictions | null;
  /** Why something is not shown, one line each. */
  readonly missing: readonly string[];
}

/** The weights of the layer that sees the images, of one seed of a variant. */
export interface FirstFilters {
  readonly variant: string;
  readonly seed: number;
  readonly layer: string;
  /** `[filters, channels, height, width]`. */
  readonly weights: Tensor;
}

export interface TestPredictions {
  readonly classes: readonly string[];
  /** The true class of each test image. */
  readonly labels: readonly number[];
  readonly networks: readonly NetworkPredictions[];
  /** The first test images, small; null of one that cannot be read. */
  readonly pictures: readonly (Picture | null)[];
}

export interface NetworkPredictions {
  readonly variant: string;
  readonly seed: number;
  readonly predicted: readonly number[];
  /** The likeliest classes of a few test images. */
  readonly samples: readonly LikelyClasses[];
}

/** As many as a page shows, or fewer: each weighs some kilobytes in it. */
const MOST_PICTURES = 12;

/** Weights are read for so many variants: enough to compare, few enough to look at. */
const MOST_FILTERED = 12;

/** Gathers weights and predictions of finished runs. `data` is the set that they were trained on, where it is at hand. */
export async function collectExhibits(
  store: string,
  results: ExperimentResults,
  data: DataSet | null,
): Promise<Exhibits> {
  const test = data && testImages(data, results);
  const missing = test
    ? []
    : [
        `The images of ${results.dataset.name} are not at hand, so neither mistakes nor pictures are shown: give their folder with --data-dir.`,
      ];
  return {
    filters: await firstFilters(store, results),
    predictions: test && (await predictionsOf(results, test)),
    missing,
  };
}

interface LabelledTest {
  readonly classes: readonly string[];
  readonly images: Images;
}

function testImages(data: DataSet, { dataset, profile }: ExperimentResults): LabelledTest | null {
  if (data.name !== dataset.name || data.checksum !== dataset.checksum) return null;
  return { classes: data.classes, images: subsetOf(data, profile.subset).test };
}

async function firstFilters(store: string, { variants }: ExperimentResults): Promise<FirstFilters[]> {
  const found: FirstFilters[] = [];
  for (const variant of variants.slice(0, MOST_FILTERED)) {
    const run = variant.runs.find(({ state }) => state === 'done');
    const filters = run && (await filtersOf(store, variant, run));
    if (filters) found.push(filters);
  }
  return found;
}

async function filtersOf(
  store: string,
  { name }: VariantResults,
  { id, seed, run }: CollectedRun,
): Promise<FirstFilters | null> {
  const layer = buildModel(run.model).nodes.find(node => node.layer.kind === 'convolution')?.name;
  const weights = layer === undefined ? null : await readTensor(store, id, `${layer}.weight`);
  return layer !== undefined && weights && weights.shape.length === 4
    ? { variant: name, seed, layer, weights }
    : null;
}

/** Of variants that are tested on those images; others have data of their own. */
async function predictionsOf(
  { variants, dataset }: ExperimentResults,
  { classes, images }: LabelledTest,
): Promise<TestPredictions> {
  const tested = variants.filter(variant => variant.dataset.name === dataset.name);
  const networks = tested.flatMap(({ name, runs }) =>
    runs.flatMap(({ seed, state, evaluations }) => {
      const found = evaluations.find(({ split }) => split === 'test')?.predictions;
      return state === 'done' && found?.predicted.length === images.count
        ? [{ variant: name, seed, predicted: found.predicted, samples: found.samples ?? [] }]
        : [];
    }),
  );
  const shown = Math.max(0, ...networks.map(({ samples }) => samples.length));
  const length = Math.min(shown, MOST_PICTURES);
  const pictures = Array.from({ length }, (_, i) => pictureOf(images, i));
  return { classes, labels: [...images.labels], networks, pictures: await Promise.all(pictures) };
}
