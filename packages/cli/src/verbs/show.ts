import { experimentNamed, gateSentence, profileNames, sentenceOf } from '@strata/experiments/catalog';
import { claimOf, paperOf, rowOf, tableOf } from '@strata/experiments/papers';
import { estimateProfile } from '../estimate.js';
import { formatDuration, formatTable, printJson } from '../print.js';
import { EXIT, verb } from '../verb.js';

export const show = verb({
  name: 'show',
  describe: 'One experiment: the paper’s numbers, its claims, its variants and its sizes',
  positionals: [{ name: 'experiment', describe: 'Experiment, such as vgg-depth' }],
  options: ['json'],
  async run([name = ''], { json }) {
    const experiment = experimentNamed(name);
    const { paper } = paperOf(experiment.paper);
    const table = tableOf(experiment.paper, experiment.table);
    if (json) {
      printJson(experiment);
      return EXIT.done;
    }
    console.log(`${experiment.title}\n${experiment.shows}\n`);
    console.log(
      `Paper: ${paper.authors.join(', ')} (${paper.year}), ${paper.title}, ${paper.arxiv ? `arXiv:${paper.arxiv}, ` : ''}${table.id}\n`,
    );
    const rows = experiment.variants.map(variant => {
      const row = rowOf(table, variant.paperRow);
      const start = variant.startsFrom ? `starts from ${variant.startsFrom.variant}` : '';
      return [variant.name, variant.model, `${row.top1}`, `${row.top5}`, start];
    });
    console.log(formatTable(['variant', 'model', 'paper top-1', 'top-5', ''], rows, [2, 3]));
    console.log('\nClaims:');
    for (const claim of experiment.claims) {
      console.log(`  ${claim.id}: ${claimOf(experiment.paper, claim.id).statement}`);
      const gates = (claim.gates ?? []).map(gateSentence);
      console.log(`    ${sentenceOf(claim)}${gates.length > 0 ? `, if ${gates.join(', ')}` : ''}`);
    }
    console.log('\nProfiles:');
    for (const profile of profileNames) {
      const { runs, seconds, engine } = estimateProfile(experiment, profile);
      console.log(
        `  ${profile.padEnd(8)} ${runs} runs, about ${formatDuration(seconds)} with ${engine}. ${experiment.profiles[profile].purpose}`,
      );
    }
    console.log(`\nRun it: npx nx run experiments:${experiment.name}`);
    return EXIT.done;
  },
});
