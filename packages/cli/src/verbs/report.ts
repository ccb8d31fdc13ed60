import { collectResults } from '@strata/experiments/collect';
import { openStore } from '@strata/experiments/store';
import { reportDocument, terminalTable } from '@strata/reports/summary';
import { outputFolder, type PlanOptions, planOptions, resolvePlan } from '../experiment-options.js';
import type { OptionValues } from '../options.js';
import { storeFolder } from '../paths.js';
import { planHeadline } from '../plan-summary.js';
import { printJson } from '../print.js';
import { EXIT, verb } from '../verb.js';
import { writeAllPages, writePages } from '../write-pages.js';

type ReportOptions = PlanOptions & OptionValues<'out' | 'json'>;

export const report = verb({
  name: 'report',
  describe:
    'Write the page and the tables of an experiment from what the store holds, or of all with the index; runs nothing',
  positionals: [
    {
      name: 'experiment',
      describe: 'Experiment, such as vgg-depth; all that were run when left out',
      optional: true,
    },
  ],
  options: [...planOptions, 'out', 'json'],
  async run([name], values) {
    await (name === undefined ? reportAll(values) : reportOne(name, values));
    return EXIT.done;
  },
});

async function reportOne(name: string, values: ReportOptions): Promise<void> {
  const { plan, data, store, command } = await resolvePlan(name, values);
  await openStore(store);
  const results = await collectResults(store, plan, command);
  const files = await writePages(store, results, data, outputFolder(store, values.out));
  if (values.json) printJson({ ...reportDocument(results), files });
  else {
    const table = terminalTable(results, process.stdout.columns ?? 100);
    console.log(`${planHeadline(plan)}\n\n${table}\n\nPage: ${files.html}\nAll pages: ${files.index}`);
  }
}

async function reportAll(values: ReportOptions): Promise<void> {
  const store = await openStore(storeFolder(values.store));
  const { index, reports } = await writeAllPages(store, outputFolder(store, values.out), values['data-dir']);
  if (values.json) printJson({ index, reports });
  else
    console.log(`${reports.length} ${reports.length === 1 ? 'page' : 'pages'} written.\nAll pages: ${index}`);
}
