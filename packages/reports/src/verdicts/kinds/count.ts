import { type ExperimentResults, type PaperCells, paperCells } from '@strata/experiments/collect';
import { whole } from '../../format/index.js';
import type { KindRule, StatementOf } from '../finding.js';

/** Parameters, multiply-adds and memory of the published networks, from their graphs: exact, at any profile, without a run. */
export const count: KindRule<StatementOf<'count'>> = {
  decides: 'exactly',
  fewest: () => 0,
  examine({ quantity, a, b, is, within = 0 }, { results }) {
    const countOf = (variant: string): number => published(results, variant)[quantity];
    const [first, second] = [countOf(a), typeof b === 'number' ? b : countOf(b)];
    const percent = (100 * (first - second)) / second;
    const holds = is === 'fewer' ? first < second : Math.abs(percent) <= 100 * within;
    return {
      n: 0,
      planned: 0,
      difference: percent,
      interval: null,
      confidence: 1,
      unit: 'percent',
      p: null,
      side: holds ? 'agrees' : 'opposite',
      method: "counted in the paper's networks",
      pairs: [],
      runs: [],
      parts: [],
      notes: [`${whole(first)} against ${whole(second)}`],
    };
  },
};

/** Also of a variant that is not trained at this size: its network is the paper's all the same. */
function published({ experiment, variants }: ExperimentResults, name: string): PaperCells {
  const trained = variants.find(variant => variant.name === name);
  if (trained) return trained.paper;
  const leftOut = experiment.variants.find(variant => variant.name === name);
  if (!leftOut) throw new RangeError(`${experiment.name} has no variant "${name}".`);
  return paperCells(experiment, leftOut, []);
}
