/**
 * The networks of VGG's tables 4 to 7 and of the lower part of table 3: configurations trained at S = 256, at S = 384 and at S
 * drawn between 256 and 512. The tables differ in how these are tested, so they share their runs in one store.
 *
 * The paper trains S = 384 from the net of S = 256 at a tenth of the rate, and the jittered net from that of S = 384: there the
 * three have had one, two and three trainings. The small profiles train each once from drawn weights. They have A in D's place
 * and B in E's, since deeper plain nets are expected to start too late on 1500 photographs (not tried), and leave out the other configurations.
 */
import type { Protocol } from '@strata/core/training';
import type { Changes, Profile, TableEvaluation, Variant } from '../experiment.js';
import { vggDepth } from './depth.js';
import { CROP, cropsBetween, PAPER_CROP, photographProfiles, scaleFor } from './photographs.js';

const STARTED_FROM_A = {
  variant: 'A',
  layers: ['conv1_1', 'conv2_1', 'conv3_1', 'conv3_2', 'fc1', 'fc2', 'fc3'],
} as const;

type Configuration = 'B' | 'C' | 'D' | 'E';

/** Trained at S = 256, at S = 384 and jittered, each from the one before. */
export function atAllScales(configuration: Configuration): readonly Variant[] {
  const model = `vgg-${configuration.toLowerCase()}`;
  const name = (scale: string): string => `${configuration}/${scale}`;
  return [
    atScale256(configuration),
    {
      name: name('384'),
      model,
      startsFrom: { variant: name('256') },
      paperRow: { config: configuration, train_S: '384' },
    },
    {
      name: name('jitter'),
      model,
      startsFrom: { variant: name('384') },
      paperRow: { config: configuration, train_S: '[256;512]' },
    },
  ];
}

export function atScale256(configuration: Configuration): Variant {
  return {
    name: `${configuration}/256`,
    model: `vgg-${configuration.toLowerCase()}`,
    startsFrom: STARTED_FROM_A,
    paperRow: { config: configuration, train_S: '256' },
  };
}

/** What the deep nets start from; no row of tables 4 to 7. */
export const netA: Variant = { name: 'A', model: 'vgg-a' };

/** Names of the variants trained in one of the three ways. */
export function trainedAt(variants: readonly Variant[], scale: '256' | '384' | 'jitter'): readonly string[] {
  return variants.map(({ name }) => name).filter(name => name.endsWith(`/${scale}`));
}

type Evaluations = (crop: number) => readonly TableEvaluation[];
type ProfileOf = Omit<Profile, 'purpose'>;
type Small = 'smoke' | 'quick' | 'reduced';

/** The profile of one of the small sizes: those of the variants that are named, with A and B in the place of D and E. */
export function smallScales(
  size: Small,
  variants: readonly Variant[],
  kept: readonly string[],
  evaluations: Evaluations,
): ProfileOf {
  const without = variants.map(({ name }) => name).filter(name => !kept.includes(name));
  const changes = Object.fromEntries(
    variants.filter(({ name }) => kept.includes(name)).map(({ name }) => [name, smallChanges(name)]),
  );
  return { ...photographProfiles[size], without, variants: changes, evaluations: evaluations(CROP) };
}

function smallChanges(name: string): Changes {
  const model = { D: 'vgg-a', E: 'vgg-b' }[name.charAt(0)];
  return {
    ...(model !== undefined && { model }),
    recipe: { augmentation: cropsBetween(CROP, ...drawn(name)) },
  };
}

function drawn(name: string): readonly [smallest: number, largest: number] {
  if (name.includes('/jitter')) return [256, 512];
  return name.endsWith('/384') ? [384, 384] : [256, 256];
}

const { paper } = vggDepth.profiles;

/** The published recipe; S = 384 and jitter at a tenth of the rate, since they go on from trained nets. */
export function paperScales(variants: readonly Variant[], evaluations: Evaluations): ProfileOf {
  const colours = paper.recipe.augmentation.filter(({ kind }) => kind === 'pca-colour');
  const changes = variants.map(({ name }): [string, Changes] => [
    name,
    {
      recipe: {
        augmentation: [...cropsBetween(PAPER_CROP, ...drawn(name)), ...colours],
        ...(/384|jitter/.test(name) && { schedule: { initial: 0.001 } }),
      },
    },
  ]);
  const { purpose: _, ...rest } = paper;
  return { ...rest, variants: Object.fromEntries(changes), evaluations: evaluations(PAPER_CROP) };
}

/** The images in so many of the paper's scales, in proportion to the crop. */
export function denseAt(crop: number, ...scales: readonly number[]): Protocol {
  return { kind: 'dense', flip: true, scales: scales.map(scale => scaleFor(crop, scale)) };
}

export function gridAt(crop: number, ...scales: readonly number[]): Protocol {
  return { kind: 'grid-crop', grid: 5, flip: true, scales: scales.map(scale => scaleFor(crop, scale)) };
}

/** On the clean training images, at the scale on which tests at one scale go: gates ask for it. */
export function trainErrors(variants: readonly Variant[], crop: number): readonly TableEvaluation[] {
  const names = variants.map(({ name }) => name);
  const at256 = names.filter(name => !/384|jitter/.test(name));
  const at384 = names.filter(name => /384|jitter/.test(name));
  return [
    { name: 'train, 256', protocol: denseAt(crop, 256), split: 'train' as const, of: at256 },
    { name: 'train, 384', protocol: denseAt(crop, 384), split: 'train' as const, of: at384 },
  ].filter(({ of }) => of.length > 0);
}

export const SCALES_PROXY =
  'narrow A for D on 64-pixel crops of ten classes, scales in proportion, for ImageNet';
