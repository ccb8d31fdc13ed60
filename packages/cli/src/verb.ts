import type { OptionName, OptionValues } from './options.js';

export const EXIT = { done: 0, failed: 1, usage: 2, stopped: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** One verb of the command line: a file under `verbs/`, and a line in its list. */
export interface Verb {
  readonly name: string;
  readonly describe: string;
  readonly positionals: readonly Positional[];
  readonly options: readonly OptionName[];
  run(positionals: readonly string[], values: OptionValues<OptionName>): Promise<ExitCode>;
}

export interface Positional {
  readonly name: string;
  readonly describe: string;
  readonly optional?: boolean;
}

/** Types the option values by the names that the verb lists. */
export function verb<const Names extends OptionName>(definition: {
  readonly name: string;
  readonly describe: string;
  readonly positionals: readonly Positional[];
  readonly options: readonly Names[];
  run(positionals: readonly string[], values: OptionValues<Names>): Promise<ExitCode>;
}): Verb {
  return definition;
}
