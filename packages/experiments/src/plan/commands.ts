/** What a reader types to make, or to time, what a page shows. `settings` are options as given: `--profile=quick`. */
export function runCommand(experiment: string, settings: readonly string[]): string {
  return [`${runOf(experiment)}`, ...settings.map(quoted)].join(' ');
}

/** The command that times the training steps of the variants that `command`, made by `runCommand`, trains. */
export function timeCommand(experiment: string, command: string): string {
  return command.replace(runOf(experiment), `npx strata time ${experiment}`);
}

function runOf(experiment: string): string {
  return `npx nx run experiments:${experiment}`;
}

/** A shell takes it as one word. */
function quoted(setting: string): string {
  return /^[\w@%+=:,./-]*$/.test(setting) ? setting : `'${setting.replaceAll("'", "'\\''")}'`;
}
