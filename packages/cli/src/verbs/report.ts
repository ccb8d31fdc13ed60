import { AUTO } from '@strata/core/data';
import { UsageError } from '@strata/core/errors';
import { collectResults } from '@strata/experiments/collect';
import { type Plan, type PlanRecord, planIdentity, readPlanRecords } from '@strata/experiments/plan';
import { openStore } from '@strata/experiments/store';
import { reportDocument, terminalTable } from '@strata/reports/summary';
import { existingStore } from '../existing-store.js';
import { outputFolder, type PlanOptions, planOptions, resolvePlan } from '../experiment-options.js';
import { type OptionValues, options } from '../options.js';
import { planHeadline } from '../plan-summary.js';
import { printJson } from '../print.js';
import { EXIT, verb } from '../verb.js';
import { dataIfHere, writeAllPages, writePages } from '../write-pages.js';

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
  const resolved = await resolvePlan(name, values);
  const store = await openStore(resolved.store);
  const recorded = await recordedInstead(store, resolved.plan, values);
  const { plan, command } = recorded ?? resolved;
  const data = recorded ? await dataIfHere(plan, values['data-dir']) : resolved.data;
  const results = await collectResults(store, plan, command);
  const files = await writePages(store, results, data, outputFolder(store, values.out));
  if (values.json) printJson({ ...reportDocument(results), files });
  else {
    const table = terminalTable(results, process.stdout.columns ?? 100);
    console.log(`${planHeadline(plan)}\n\n${table}\n\nPage: ${files.html}\nAll pages: ${files.index}`);
  }
}

async function reportAll(values: ReportOptions): Promise<void> {
  const { profile, seeds, only, set, dataset, engine } = values;
  const own = Object.entries({
    profile: profile === options.profile.default ? undefined : profile,
    seeds,
    only,
    set,
    dataset: dataset === AUTO ? undefined : dataset,
    engine: engine === AUTO ? undefined : engine,
  }).find(([, value]) => value !== undefined);
  if (own) {
    throw new UsageError(
      `--${own[0]} is of one experiment; name it, or leave it out for the pages of all that was run.`,
    );
  }
  const store = await existingStore(values.store);
  const { index, reports } = await writeAllPages(store, outputFolder(store, values.out), values['data-dir']);
  if (values.json) printJson({ index, reports });
  else
    console.log(`${reports.length} ${reports.length === 1 ? 'page' : 'pages'} written.\nAll pages: ${index}`);
}

/**
 * What the store has run of the experiment at this size, where the data or the engine that would be taken here are not
 * those of the runs: a store may have come from another machine, and its page needs neither.
 */
async function recordedInstead(
  store: string,
  plan: Plan,
  { seeds, only, dataset, engine }: ReportOptions,
): Promise<PlanRecord | undefined> {
  if (seeds !== undefined || only !== undefined) return undefined;
  const { data, otherData, engine: taken } = plan;
  const here = { data, ...(otherData && { otherData }), engine: taken };
  const records = (await readPlanRecords(store)).filter(
    ({ plan: run }) => planIdentity({ ...run, ...here }) === planIdentity(plan),
  );
  if (records.some(({ plan: run }) => planIdentity(run) === planIdentity(plan))) return undefined;
  return records.find(
    ({ plan: run }) =>
      (dataset === AUTO || run.data.name === data.name) && (engine === AUTO || run.engine === taken),
  );
}
