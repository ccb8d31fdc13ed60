// The tables that the sweep's benchmark runs: real rows and recipes, with fewer images.
import { openDataSet } from '../../packages/core/dist/data/index.js';
import { experimentNamed } from '../../packages/experiments/dist/catalog/index.js';
import { imagesNeeded, overrideProfile, planExperiment } from '../../packages/experiments/dist/plan/index.js';

const vgg = experimentNamed('vgg-depth');

function models(names) {
  return names.map(name => ({ name, model: name, paperRow: {} }));
}

/** By name: an experiment, and what is changed of its quick profile. */
const tables = {
  vgg: { experiment: vgg, options: {} },
  wrn: {
    experiment: { ...vgg, name: 'wrn', variants: models(['wrn-16-1', 'wrn-16-2', 'wrn-10-1']) },
    options: { width: 1, hidden: undefined, dropout: undefined, lrnAlpha: undefined },
    recipe: { batchSize: 128 },
  },
  'vgg-a': {
    experiment: { ...vgg, name: 'vgg-a', variants: models(['vgg-a']) },
    options: { width: 1, hidden: 512 },
  },
  'wrn-blocks': { experiment: experimentNamed('wrn-blocks'), options: {} },
};

export const tableNames = ['vgg', 'wrn', 'vgg-a'];

/** A plan of one of them on a data set of small images. */
export async function planTable(name, { seeds, epochs, train, test, dataset, dataDir }) {
  const { experiment, options, recipe = {} } = tables[name];
  const quick = experiment.profiles.quick;
  const kept = Object.entries({ ...quick.options, ...options }).filter(([, value]) => value !== undefined);
  const profile = overrideProfile(
    { ...quick, options: Object.fromEntries(kept), recipe: { ...quick.recipe, ...recipe } },
    [`recipe.epochs=${epochs}`, `subset.train=${train}`, `subset.test=${test}`],
  );
  const needed = imagesNeeded({ options: profile.options }, profile.recipe);
  const source = { name: dataset, ...needed, ...(dataDir && { dataDir }) };
  const { dataSet: data } = await openDataSet(dataset, source);
  const plan = planExperiment({
    experiment,
    profileName: 'quick',
    profile,
    data: {
      name: data.name,
      checksum: data.checksum,
      shape: data.shape,
      classes: data.classes.length,
      train: data.train.count,
      test: data.test.count,
      note: null,
    },
    engine: 'onnx',
    seeds: Array.from({ length: seeds }, (_, i) => i),
  });
  return { plan, data, source };
}
