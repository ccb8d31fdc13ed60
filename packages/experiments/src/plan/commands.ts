import { extname } from 'node:path';

const FILES = ['.ts', '.mts', '.js', '.mjs', '.json'];

/** Whether what a user names is a file with an experiment, not one of the catalog. */
export function isExperimentFile(name: string): boolean {
  return FILES.includes(extname(name));
}

/** What a reader types to make what a page shows. `settings` are options as given: `--profile=quick`. */
export function runCommand(experiment: string, settings: readonly string[]): string {
  const run = isExperimentFile(experiment)
    ? `npx strata run ${quoted(experiment)}`
    : `npx nx run experiments:${experiment}`;
  return [run, ...settings.map(quoted)].join(' ');
}

/** The command that times the training steps of the variants that a command made by `runCommand` trains. */
export function timeCommand(command: string): string {
  return command.replace(/^npx (strata run |nx run experiments:)/, 'npx strata time ');
}

/** A shell takes it as one word. */
function quoted(setting: string): string {
  return /^[\w@%+=:,./-]*$/.test(setting) ? setting : `'${setting.replaceAll("'", "'\\''")}'`;
}
