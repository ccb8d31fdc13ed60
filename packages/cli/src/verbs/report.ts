import { collectResults } from '@strata/experiments/collect';
import { openStore } from '@strata/experiments/store';
import { reportDocument, terminalTable } from '@strata/reports/summary';
import { writeReport } from '@strata/reports/write';
import { outputFolder, planOptions, resolvePlan } from '../experiment-options.js';
import { planHeadline } from '../plan-summary.js';
import { printJson } from '../print.js';
import { EXIT, verb } from '../verb.js';

export const report = verb({
  name: 'report',
  describe: 'Write the page and the tables of an experiment from what the store holds; runs nothing',
  positionals: [{ name: 'experiment', describe: 'Experiment, such as vgg-depth' }],
  options: [...planOptions, 'out', 'json'],
  async run([name = ''], values) {
    const { plan, store, command } = await resolvePlan(name, values);
    await openStore(store);
    const results = await collectResults(store, plan, command);
    const files = await writeReport(results, outputFolder(store, values.out));
    if (values.json) printJson({ ...reportDocument(results), files });
    else
      console.log(
        `${planHeadline(plan)}\n\n${terminalTable(results, process.stdout.columns ?? 100)}\n\nPage: ${files.html}`,
      );
    return EXIT.done;
  },
});
