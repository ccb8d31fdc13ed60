import type { Subset } from '@strata/core/data';
import type { ModelOptions } from '@strata/core/models';
import type { Shape } from '@strata/core/network';
import type { NameMapName, Protocol, Recipe } from '@strata/core/training';
import type { PaperId } from '../papers/index.js';
import type { Split } from '../store/index.js';
import type { Claim } from './claims.js';

/** The four sizes of every experiment, one code path. */
export const profileNames = ['smoke', 'quick', 'reduced', 'paper'] as const;
export type ProfileName = (typeof profileNames)[number];

/** One table of a paper as data: what to train, by which recipes, beside which published numbers. */
export interface Experiment {
  /** What the user types: `vgg-depth`. */
  readonly name: string;
  readonly title: string;
  /** A user's own ablation has none. */
  readonly paper?: PaperId;
  /** The table's id in the paper's file. */
  readonly table?: string;
  /** What the table shows, in a sentence. */
  readonly shows: string;
  /** The claims that this experiment decides, as statements; written before its runs are looked at. */
  readonly claims: readonly Claim[];
  readonly variants: readonly Variant[];
  /** Networks of several runs that are tested together. */
  readonly ensembles?: readonly Ensemble[];
  /** How trained networks are tested; the whole image, on test and on clean training images, when left out. */
  readonly evaluations?: readonly TableEvaluation[];
  /** What the layers of trained networks answer is measured too: for claims by `response` and `fading`. */
  readonly measuresResponses?: boolean;
  readonly profiles: Readonly<Record<ProfileName, Profile>>;
}

/** One row of the table. */
export interface Variant extends Changes {
  /** As the paper names it: `A-LRN`. */
  readonly name: string;
  readonly model: string;
  /** Which row of the paper's table this reproduces: the cells that identify it; none where the table has no such row. */
  readonly paperRow?: PaperRow;
  /** The column of its errors, where the table has several: `cifar100`. */
  readonly paperColumn?: string;
  /** Starts from another variant's trained weights (same seed), copying these layers; all that fit when left out. */
  readonly startsFrom?: { readonly variant: string; readonly layers?: readonly string[] };
}

/** The cells by which a row of a paper's table is known. */
export type PaperRow = Readonly<Record<string, string | number | boolean>>;

/** What a variant has of its own, on top of the profile: that which is ablated. */
export interface Changes {
  readonly model?: string;
  readonly options?: ModelOptions;
  /** Objects are merged field by field; lists, and objects of another `kind`, take the profile's place. */
  readonly recipe?: RecipeChanges;
  readonly dataset?: string;
  readonly subset?: Subset;
}

export type RecipeChanges = ChangesOf<Recipe>;

type ChangesOf<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: ChangesOf<T[K]> }
    : T;

/** A row of the table for which the softmax outputs of several networks are averaged. */
export interface Ensemble {
  readonly name: string;
  readonly variants: readonly string[];
  /** Of each variant so many seeds; no run is in two ensembles of the same name, so that these are independent. */
  readonly seeds: number;
  /** As a variant's. */
  readonly paperRow?: PaperRow;
}

/** One way in which trained networks are tested: a column of the table, or what tells its rows apart. */
export interface TableEvaluation {
  /** As the paper calls it: `dense`. */
  readonly name: string;
  readonly protocol: Protocol;
  readonly split: Split;
  /** Which variants and ensembles; when left out all variants, and on test images all ensembles. */
  readonly of?: readonly string[];
  /** The cells by which the paper's row is known, beside those of the variant or ensemble. */
  readonly paperRow?: PaperRow;
}

/** The size at which an experiment runs. */
export interface Profile {
  /** What this size can and cannot show, in a sentence. */
  readonly purpose: string;
  /** The data set of the paper's own protocol, or the one that stands in for it. */
  readonly dataset: string;
  readonly subset: Subset;
  /** Options of every model; a variant's own come on top. */
  readonly options: ModelOptions & { readonly input: Shape };
  readonly recipe: Recipe;
  /** How many seeds: 0, 1, … */
  readonly seeds: number;
  /** Variants start from another variant's weights where they say so. */
  readonly startFromTrained: boolean;
  /** What variants, by name, have of their own at this size, on top of what they have anyway: a smaller net in a larger one's place. */
  readonly variants?: Readonly<Record<string, Changes>>;
  /** Variants that this size does without: claims about them are not decided by it. */
  readonly without?: readonly string[];
  /** What the other variants start from; from drawn weights when left out. */
  readonly start?: Start;
  /** Instead of the experiment's: scales go with the size of the images, ensembles with the number of seeds. */
  readonly ensembles?: readonly Ensemble[];
  readonly evaluations?: readonly TableEvaluation[];
}

/** Trained weights from outside the experiment: of a file or of a run in the store, one of the two. */
export interface Start {
  /** Path of a safetensors file; the run's identity goes by its content. */
  readonly file?: string;
  /** How the file names layers: as this project does (`same`) when left out. */
  readonly names?: NameMapName;
  /** Id of a finished run, perhaps on other data. */
  readonly run?: string;
  /** Names of layers or stages; all when left out, but for a last layer of other classes. */
  readonly layers?: readonly string[];
}
