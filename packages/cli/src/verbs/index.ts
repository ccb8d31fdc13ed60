import type { Verb } from '../verb.js';

/** Every verb, in the order of the help; loaded when it is asked for, since what some need takes longer to load than others to run. */
export const verbs: readonly { readonly name: string; load(): Promise<Verb> }[] = [
  { name: 'list', load: async () => (await import('./list.js')).list },
  { name: 'show', load: async () => (await import('./show.js')).show },
  { name: 'model', load: async () => (await import('./model.js')).model },
  { name: 'plan', load: async () => (await import('./plan.js')).plan },
  { name: 'run', load: async () => (await import('./run.js')).run },
  { name: 'status', load: async () => (await import('./status.js')).status },
  { name: 'evaluate', load: async () => (await import('./evaluate.js')).evaluate },
  { name: 'report', load: async () => (await import('./report.js')).report },
  { name: 'compare', load: async () => (await import('./compare.js')).compare },
  { name: 'time', load: async () => (await import('./time.js')).time },
  { name: 'serve', load: async () => (await import('./serve.js')).serve },
  { name: 'features', load: async () => (await import('./features.js')).features },
  { name: 'export', load: async () => (await import('./export.js')).exportVerb },
  { name: 'clean', load: async () => (await import('./clean.js')).clean },
  { name: 'data', load: async () => (await import('./data.js')).data },
  { name: 'doctor', load: async () => (await import('./doctor.js')).doctor },
  { name: 'bench', load: async () => (await import('./bench.js')).bench },
];

/** The verb of a name, or all where there is none of it. */
export function loadVerbs(name: string | undefined): Promise<readonly Verb[]> {
  const asked = verbs.filter(verb => verb.name === name);
  return Promise.all((asked.length > 0 ? asked : verbs).map(verb => verb.load()));
}
