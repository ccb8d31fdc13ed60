import { loadEngine } from '@strata/core/engine';
import { UsageError } from '@strata/core/errors';
import { collectResults } from '@strata/experiments/collect';
import { TURN_SECONDS, timeSteps } from '@strata/experiments/runner';
import { openStore, writeTiming } from '@strata/experiments/store';
import { deviceOf, isBusy, timingCells, timingRows } from '@strata/reports/summary';
import { planByPublishedSize, planOptions, resolvePlan } from '../experiment-options.js';
import { storeFolder } from '../paths.js';
import { formatDuration, formatTable, printJson } from '../print.js';
import { EXIT, verb } from '../verb.js';

/** Enough for a word on each of 51 claims of one experiment, by the sign-flip test and Holm. */
const ROUNDS = 11;

export const time = verb({
  name: 'time',
  describe:
    "Time a training step of an experiment's variants, measured alone and by turns, for its claims on speed; trains nothing",
  positionals: [{ name: 'experiment', describe: 'Experiment, such as vgg-depth' }],
  options: [...planOptions, 'threads', 'rounds', 'json'],
  async run([name = ''], values) {
    const { threads, rounds = ROUNDS, json } = values;
    if (rounds < 2) throw new UsageError(`--rounds=${rounds}: a spread wants 2 turns at least, a claim 7.`);
    const plan = (await planByPublishedSize(name, values)) ?? (await resolvePlan(name, values)).plan;
    const store = await openStore(storeFolder(values.store));
    const variants = new Set(plan.runs.map(({ variant }) => variant)).size;
    if (!json) {
      const about = formatDuration(variants * rounds * TURN_SECONDS);
      console.log(
        `${name}, profile ${plan.profileName}: ${variants} variants take ${rounds} turns, about ${about} where a step takes less than a second. Leave the machine alone meanwhile.\n`,
      );
    }
    const engine = await loadEngine(plan.engine);
    const timing = await timeSteps(plan, { engine, rounds, ...(threads !== undefined && { threads }) });
    const file = await writeTiming(store, timing);
    const rows = timingRows({ ...(await collectResults(store, plan, '')), timings: [timing] });
    if (json) printJson({ experiment: name, profile: plan.profileName, file, rows });
    else {
      const [header = [], ...body] = timingCells(rows);
      const busy = isBusy(timing)
        ? `\nThe machine was busy (load ${timing.load.toFixed(1)}), which the report will say; measure again when it is idle.`
        : '';
      console.log(
        `${deviceOf(timing)}\n\n${formatTable(header, body, [1, 2, 3, 4])}\n\nKept: ${file}${busy}`,
      );
    }
    return EXIT.done;
  },
});
