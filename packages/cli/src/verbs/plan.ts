import { planOptions, resolvePlan } from '../experiment-options.js';
import { planDocument, planHeadline, planTable, summarisePlan } from '../plan-summary.js';
import { printJson } from '../print.js';
import { EXIT, verb } from '../verb.js';

export const plan = verb({
  name: 'plan',
  describe: 'What an experiment would run: sizes, memory, time, and what is already done. Runs nothing',
  positionals: [{ name: 'experiment', describe: 'Experiment, such as vgg-depth' }],
  options: [...planOptions, 'json'],
  async run([name = ''], values) {
    const { plan: planned, store } = await resolvePlan(name, values);
    const summary = await summarisePlan(planned, store);
    if (values.json) printJson(planDocument(planned, summary));
    else console.log(`${planHeadline(planned)}\n\n${planTable(summary)}`);
    return EXIT.done;
  },
});
