import { unknownName } from '@strata/core/errors';
import { alexNetExperiments } from './alexnet/index.js';
import type { Experiment, ProfileName } from './experiment.js';
import { profileNames } from './experiment.js';
import { inceptionExperiments } from './inception/index.js';
import { leNetExperiments } from './lenet/index.js';
import { ninExperiments } from './nin/index.js';
import { resnetExperiments } from './resnet/index.js';
import { transferExperiments } from './transfer/index.js';
import { vggExperiments } from './vgg/index.js';
import { wrnExperiments } from './wrn/index.js';

/** Every experiment. A new one is a file and a line in its paper's folder; Nx targets follow by themselves. */
export const experiments: readonly Experiment[] = [
  ...leNetExperiments,
  ...alexNetExperiments,
  ...ninExperiments,
  ...vggExperiments,
  ...inceptionExperiments,
  ...resnetExperiments,
  ...wrnExperiments,
  ...transferExperiments,
];

export const experimentNames: readonly string[] = experiments.map(experiment => experiment.name);

/** @throws UsageError that names the nearest known experiment. */
export function experimentNamed(name: string): Experiment {
  const found = experiments.find(experiment => experiment.name === name);
  if (!found) throw unknownName('experiment', name, experimentNames);
  return found;
}

/** @throws UsageError that names the nearest known profile. */
export function profileNamed(name: string): ProfileName {
  const found = profileNames.find(profile => profile === name);
  if (!found) throw unknownName('profile', name, profileNames);
  return found;
}

export type * from './claims.js';
export { lowest, quantities } from './claims.js';
export type {
  Changes,
  Ensemble,
  Experiment,
  PaperRow,
  Profile,
  ProfileName,
  RecipeChanges,
  Start,
  TableEvaluation,
  Variant,
} from './experiment.js';
export { profileNames } from './experiment.js';
export * from './metrics.js';
export { gateSentence, nameOf, sentenceOf, termsOf, variantOf } from './sentence.js';
