import { type Experiment, experiments, type ProfileName, profileNames } from '@strata/experiments/catalog';
import { estimateProfile, type ProfileEstimate } from '../estimate.js';
import { formatDuration, printJson } from '../print.js';
import { EXIT, verb } from '../verb.js';

export const list = verb({
  name: 'list',
  describe: 'All experiments, with their claims and what their sizes cost here, roughly',
  positionals: [],
  options: ['json'],
  async run(_, { json }) {
    const listed = experiments.map(describe);
    if (json) printJson({ experiments: listed });
    else listed.forEach(printListed);
    return EXIT.done;
  },
});

function describe(experiment: Experiment) {
  const { name, paper, table, title, shows, claims } = experiment;
  const estimates = profileNames.map(profile => [profile, estimateProfile(experiment, profile)] as const);
  return {
    name,
    paper,
    table,
    title,
    shows,
    claims: claims.map(({ id }) => id),
    profiles: Object.fromEntries(estimates) as Record<ProfileName, ProfileEstimate>,
  };
}

function printListed({ name, table, shows, claims, profiles }: ReturnType<typeof describe>): void {
  const sizes = (['quick', 'reduced'] as const).map(profile => {
    const { runs, seconds } = profiles[profile];
    return `${profile} ${runs} runs, ${formatDuration(seconds)}`;
  });
  console.log(`${name} (${table ?? 'no table'}; ${sizes.join('; ')})`);
  console.log(`  ${shows}`);
  if (claims.length > 0) console.log(`  Claims: ${claims.join(', ')}`);
}
