import {
  type Claim,
  type Experiment,
  gateSentence,
  profileNames,
  sentenceOf,
} from '@strata/experiments/catalog';
import { paperCells } from '@strata/experiments/collect';
import { claimOf, isPublished, paperOf } from '@strata/experiments/papers';
import { evaluationsOf, runCommand, settingsOf } from '@strata/experiments/plan';
import { estimateProfile } from '../estimate.js';
import { experimentAsked } from '../experiment-options.js';
import { formatDuration, formatTable, printJson } from '../print.js';
import { EXIT, verb } from '../verb.js';

const published = (error: number | null): string => (error === null ? '' : String(error));

function citation({ paper: id, table }: Experiment): string {
  if (!id) return '';
  const { authors, year, title, arxiv } = paperOf(id).paper;
  const parts = [`${authors.join(', ')} (${year})`, title, arxiv && `arXiv:${arxiv}`, table];
  return `Paper: ${parts.filter(part => part).join(', ')}\n`;
}

const wordsOf = ({ id, words = '' }: Claim): string => (isPublished(id) ? claimOf(id).statement : words);

export const show = verb({
  name: 'show',
  describe: 'One experiment: the paper’s numbers, its claims, its variants and its sizes',
  positionals: [{ name: 'experiment', describe: 'Experiment, such as vgg-depth' }],
  options: ['json'],
  async run([name = ''], { json }) {
    const experiment = await experimentAsked(name);
    if (json) {
      printJson(experiment);
      return EXIT.done;
    }
    console.log(`${experiment.title}\n${experiment.shows}\n`);
    console.log(citation(experiment));
    const paperProfile = experiment.profiles.paper;
    const rows = experiment.variants.map(variant => {
      const paper = paperCells(experiment, variant, evaluationsOf(experiment, paperProfile, variant));
      const start = variant.startsFrom ? `starts from ${variant.startsFrom.variant}` : '';
      const { name } = settingsOf(paperProfile, variant).model;
      return [variant.name, name, published(paper.top1Error), published(paper.top5Error), start];
    });
    console.log(formatTable(['variant', 'model', 'paper top-1', 'top-5', ''], rows, [2, 3]));
    console.log('\nClaims:');
    for (const claim of experiment.claims) {
      console.log(`  ${claim.id}: ${wordsOf(claim)}`);
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
    console.log(`\nRun it: ${runCommand(name, [])}`);
    return EXIT.done;
  },
});
