import { collectResults, type ExperimentResults } from '@strata/experiments/collect';
import { type Plan, planIdentity, readPlanRecords } from '@strata/experiments/plan';
import { detectableDifferences } from '@strata/reports/verdicts';
import { detectableTable } from '../detectable-table.js';
import { slotsOf } from '../executor-options.js';
import { planByPublishedSize, planOptions, resolvePlan } from '../experiment-options.js';
import { storeFolder } from '../paths.js';
import { gpuLine, planDocument, planHeadline, planTable, testLines } from '../plan-summary.js';
import { printJson } from '../print.js';
import { sayMeasuring, summarisePlan } from '../summarise-plan.js';
import { EXIT, verb } from '../verb.js';

export const plan = verb({
  name: 'plan',
  describe: 'What an experiment would run: sizes, memory, time, and what is already done. Runs nothing',
  positionals: [{ name: 'experiment', describe: 'Experiment, such as vgg-depth' }],
  options: [...planOptions, 'slots', 'threads', 'json'],
  async run([name = ''], values) {
    const planned = (await planByPublishedSize(name, values)) ?? (await resolvePlan(name, values)).plan;
    const store = storeFolder(values.store);
    const summary = await summarisePlan(planned, store, {
      ...slotsOf(values),
      onMeasure: values.json ? () => {} : sayMeasuring,
    });
    const detectable = detectableDifferences(
      await collectResults(store, planned, ''),
      await resultsAtOtherSizes(store, planned),
    );
    if (values.json) printJson({ ...planDocument(planned, summary), detectable });
    else {
      const runs = [planTable(summary), gpuLine(planned), testLines(planned)].filter(line => line !== '');
      const parts = [planHeadline(planned), runs.join('\n'), detectableTable(detectable)];
      console.log(parts.filter(part => part !== '').join('\n\n'));
    }
    return EXIT.done;
  },
});

/** What the store holds of the same table on the same data, trained at other sizes that learn; the largest first. */
async function resultsAtOtherSizes(store: string, plan: Plan): Promise<readonly ExperimentResults[]> {
  const found: ExperimentResults[] = [];
  for (const { plan: other, command } of await readPlanRecords(store)) {
    const isSameTable = other.experiment.name === plan.experiment.name && other.data.name === plan.data.name;
    const isOtherSize = planIdentity(other) !== planIdentity(plan) && other.profileName !== 'smoke';
    if (isSameTable && isOtherSize) found.push(await collectResults(store, other, command));
  }
  return found.reverse();
}
