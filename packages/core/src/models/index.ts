import { unknownName } from '../errors/index.js';
import type { Network } from '../network/index.js';
import { type AlexNetOptions, alexNet } from './alexnet.js';
import { type AlexNetCifarOptions, alexNetCifar } from './alexnet-cifar.js';
import { type InceptionOptions, inception } from './inception.js';
import { type LeNetOptions, leNet } from './lenet.js';
import type { CommonOptions, ModelFamily } from './model.js';
import { multilayerPerceptron, type PerceptronOptions } from './multilayer-perceptron.js';
import { type NetworkInNetworkOptions, networkInNetwork } from './network-in-network.js';
import { checkOption, type OptionRule } from './option.js';
import { preActivationResNet } from './pre-activation-resnet.js';
import { type ResNetOptions, resNet } from './resnet.js';
import { type VggOptions, vgg } from './vgg.js';
import { type WideResNetOptions, wideResNet } from './wide-resnet.js';

/** Every family of models. A new one is a file beside this and a line here. */
export const modelFamilies = {
  leNet,
  multilayerPerceptron,
  alexNet,
  alexNetCifar,
  networkInNetwork,
  vgg,
  inception,
  resNet,
  preActivationResNet,
  wideResNet,
} as const;

export type ModelOptions = CommonOptions &
  LeNetOptions &
  PerceptronOptions &
  AlexNetOptions &
  AlexNetCifarOptions &
  NetworkInNetworkOptions &
  VggOptions &
  InceptionOptions &
  ResNetOptions &
  WideResNetOptions;

/** A model by name with its options, as experiments and runs hold it: plain data. */
export interface ModelSpec {
  readonly name: string;
  readonly options: ModelOptions;
}

const families: readonly ModelFamily<ModelOptions>[] = Object.values(modelFamilies);

/** Names of all options that some model takes. */
export const modelOptionNames: readonly string[] = [
  ...new Set(families.flatMap(family => Object.keys(family.options))),
];

export const modelNames: readonly string[] = families.flatMap(family => family.names);

function familyOf(name: string): ModelFamily<ModelOptions> {
  const family = families.find(candidate => candidate.names.includes(name) || candidate.matches?.(name));
  if (!family) throw unknownName('model', name, modelNames);
  return family;
}

/** @throws UsageError for an unknown model, option or value, or where the layers do not fit the input. */
export function buildModel({ name, options }: ModelSpec): Network {
  const family = familyOf(name);
  for (const [key, value] of Object.entries(options)) {
    if (!(key in family.options)) throw unknownName(`option of ${name}`, key, Object.keys(family.options));
    checkOption(name, key, value, family.options[key as keyof ModelOptions]);
  }
  return family.build(name, options);
}

export function modelSource(name: string): string {
  return familyOf(name).source;
}

/** The options that a model takes, by name. */
export function modelOptions(name: string): Readonly<Record<string, OptionRule>> {
  return familyOf(name).options;
}

export { ALEXNET_BIAS_ONE, type AlexNetOptions, alexNet } from './alexnet.js';
export type { CommonOptions, ModelFamily } from './model.js';
export type { OptionRule } from './option.js';
export { type VggOptions, vgg } from './vgg.js';
export { type WideResNetOptions, wideResNet } from './wide-resnet.js';
