import { UsageError, unknownName } from '../errors/index.js';
import type { Network } from '../network/index.js';
import type { CommonOptions, ModelFamily } from './model.js';
import { type VggOptions, vgg } from './vgg.js';
import { type WideResNetOptions, wideResNet } from './wide-resnet.js';

/** Every family of models. A new one is a file beside this and a line here. */
export const modelFamilies = { vgg, wideResNet } as const;

export type ModelOptions = CommonOptions & VggOptions & WideResNetOptions;

/** A model by name with its options, as experiments and runs hold it: plain data. */
export interface ModelSpec {
  readonly name: string;
  readonly options: ModelOptions;
}

/** Names of all options that some model takes. */
export const modelOptionNames: readonly string[] = [
  ...new Set(Object.values(modelFamilies).flatMap(family => Object.keys(family.options))),
];

export const modelNames: readonly string[] = Object.values(modelFamilies).flatMap(family => family.names);

function familyOf(name: string): ModelFamily<ModelOptions> {
  const families: readonly ModelFamily<ModelOptions>[] = Object.values(modelFamilies);
  const family = families.find(candidate => candidate.names.includes(name) || candidate.matches?.(name));
  if (!family) throw unknownName('model', name, modelNames);
  return family;
}

/** @throws UsageError for an unknown model or option, or where the layers do not fit the input. */
export function buildModel({ name, options }: ModelSpec): Network {
  const family = familyOf(name);
  for (const key of Object.keys(options)) {
    if (!(key in family.options)) throw unknownName(`option of ${name}`, key, Object.keys(family.options));
  }
  const { classes, width, input } = options;
  const isPositive = (n: number | undefined): boolean => n === undefined || (Number.isFinite(n) && n > 0);
  if (!isPositive(width))
    throw new UsageError(`Model ${name}: width is ${width}; expected a number above 0.`);
  if (!isPositive(classes) || !Number.isInteger(classes ?? 1)) {
    throw new UsageError(`Model ${name}: classes is ${classes}; expected a whole number above 0.`);
  }
  if (input && (input.length !== 3 || !input.every(n => Number.isInteger(n) && n > 0))) {
    throw new UsageError(
      `Model ${name}: input is ${input.join('x')}; expected channels, height and width, as 3,32,32.`,
    );
  }
  return family.build(name, options);
}

export function modelSource(name: string): string {
  return familyOf(name).source;
}

export type { CommonOptions, ModelFamily } from './model.js';
export { type VggOptions, vgg } from './vgg.js';
export { type WideResNetOptions, wideResNet } from './wide-resnet.js';
