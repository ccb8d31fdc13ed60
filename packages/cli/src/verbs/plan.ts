import { planByPublishedSize, planOptions, resolvePlan } from '../experiment-options.js';
import { storeFolder } from '../paths.js';
import { planDocument, planHeadline, planTable, summarisePlan } from '../plan-summary.js';
import { printJson } from '../print.js';
import { EXIT, verb } from '../verb.js';

export const plan = verb({
  name: 'plan',
  describe: 'What an experiment would run: sizes, memory, time, and what is already done. Runs nothing',
  positionals: [{ name: 'experiment', describe: 'Experiment, such as vgg-depth' }],
  options: [...planOptions, 'json'],
  async run([name = ''], values) {
    const planned = (await planByPublishedSize(name, values)) ?? (await resolvePlan(name, values)).plan;
    const store = storeFolder(values.store);
    const summary = await summarisePlan(planned, store);
    if (values.json) printJson(planDocument(planned, summary));
    else console.log(`${planHeadline(planned)}\n\n${planTable(summary)}`);
    return EXIT.done;
  },
});
