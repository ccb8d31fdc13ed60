import { experiments, profileNames } from '@strata/experiments/catalog';
import { estimateProfile } from '../estimate.js';
import { printJson } from '../print.js';
import { EXIT, verb } from '../verb.js';

export const list = verb({
  name: 'list',
  describe: 'All experiments, with the claims that they decide',
  positionals: [],
  options: ['json'],
  async run(_, { json }) {
    const listed = experiments.map(experiment => ({
      name: experiment.name,
      paper: experiment.paper,
      table: experiment.table,
      title: experiment.title,
      shows: experiment.shows,
      claims: experiment.claims.map(claim => claim.id),
      profiles: Object.fromEntries(
        profileNames.map(profile => [profile, estimateProfile(experiment, profile)]),
      ),
    }));
    if (json) printJson({ experiments: listed });
    else
      for (const { name, table, shows } of listed)
        console.log(`${name.padEnd(20)} ${table ?? 'no table'}: ${shows}`);
    return EXIT.done;
  },
});
