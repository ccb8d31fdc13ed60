import { collectResults, type ExperimentResults } from '@strata/experiments/collect';
import { type Plan, type PlannedRun, recordPlan } from '@strata/experiments/plan';
import { type PlanOutcome, type RunnerContext, runPlan } from '@strata/experiments/runner';
import { addTensorboardFile, keepWeightFile, openStore } from '@strata/experiments/store';
import { terminalTable } from '@strata/reports/summary';
import { executorOptions, openExecutor, slotsOf } from '../executor-options.js';
import { outputFolder, planOptions, resolvePlan } from '../experiment-options.js';
import type { OptionValues } from '../options.js';
import { planHeadline } from '../plan-summary.js';
import { formatDuration, printJson } from '../print.js';
import { showProgress } from '../progress.js';
import { stopOnSignal } from '../signals.js';
import { sayMeasuring, summarisePlan, summariseRun } from '../summarise-plan.js';
import { EXIT, type ExitCode, verb } from '../verb.js';

/** The options that decide how a sweep goes on. */
const sweepOptions = ['retries', 'fail-fast', 'keep-going', 'resume', 'fresh'] as const;
type SweepOptions = OptionValues<(typeof sweepOptions)[number]>;

export const run = verb({
  name: 'run',
  describe: 'Train and test what an experiment still lacks, then write its page and tables',
  positionals: [{ name: 'experiment', describe: 'Experiment, such as vgg-depth' }],
  options: [...planOptions, ...executorOptions, ...sweepOptions, 'out', 'report', 'json'],
  async run([name = ''], values) {
    const { plan, data, otherData, store, command } = await resolvePlan(name, values);
    const { json } = values;
    await openStore(store);
    const { file } = plan.start ?? {};
    if (file) await keepWeightFile(store, file.path, file.sha256);
    const executor = await openExecutor({ plan, data, otherData, store }, values);
    const onMeasure = json ? () => {} : sayMeasuring;
    const isHere = values.executor !== 'slurm';
    const summary = isHere
      ? await summariseRun(plan, store, { ...slotsOf(values), onMeasure })
      : await summarisePlan(plan, store);
    const say = json ? () => {} : console.log;
    say(planHeadline(plan));
    if (isHere && summary.seconds > 0)
      say(`About ${formatDuration(summary.seconds)} to train on this machine.`);
    say('');

    await recordPlan(store, plan, command);
    const costOf = new Map(summary.runs.map(({ planned, seconds }) => [planned.id, seconds]));
    const cost = ({ id }: PlannedRun): number => costOf.get(id) ?? 0;
    const progress = showProgress({ plan, cost, seconds: summary.seconds }, json, process);
    const stop = stopOnSignal(progress.say);
    const context = { store, executor, onEvent: progress.show, signal: stop.signal, cost };
    const outcome = await runPlan({ ...context, ...sweepSettings(values) }, plan)
      .finally(executor.close)
      .finally(progress.end);
    stop.end();
    if (values.tensorboard) await addTensorboardFiles(store, plan, outcome);

    const results = await collectResults(store, plan, command);
    const files =
      values.report && !outcome.stopped
        ? await (await import('../write-pages.js')).writePages(
            store,
            results,
            data,
            outputFolder(store, values.out),
          )
        : null;
    if (json) printJson({ ...runDocument(results, outcome), ...(files && { files }) });
    else {
      say(terminalTable(results, process.stdout.columns ?? 100).trimEnd());
      say('');
      say(closingLine(outcome));
      if (files) say(`Page: ${files.html}\nAll pages: ${files.index}`);
    }
    return exitCodeOf(outcome);
  },
});

/** Of runs that were there already, the events are as good as new. */
async function addTensorboardFiles(store: string, { runs }: Plan, outcome: PlanOutcome): Promise<void> {
  for (const { id, run } of runs) {
    if (outcome.runs.get(id) === 'reused') await addTensorboardFile(store, id, run);
  }
}

function sweepSettings({
  retries,
  fresh,
  resume,
  ...values
}: SweepOptions): Pick<RunnerContext, 'retries' | 'fresh' | 'failFast'> {
  return {
    failFast: values['fail-fast'] || !values['keep-going'],
    fresh: fresh || !resume,
    ...(retries !== undefined && { retries }),
  };
}

function count({ runs }: PlanOutcome, outcome: 'trained' | 'reused' | 'failed'): number {
  return [...runs.values()].filter(value => value === outcome).length;
}

function closingLine(outcome: PlanOutcome): string {
  const [trained, reused, failed] = (['trained', 'reused', 'failed'] as const).map(key =>
    count(outcome, key),
  );
  if (outcome.stopped) return `Stopped: ${trained} trained, ${reused} were there; the same command goes on.`;
  if (trained === 0 && failed === 0) return `Nothing to train: all ${reused} runs are in the store.`;
  return `Trained ${trained}, ${reused} were there${failed ? `, ${failed} failed (their log.txt says why)` : ''}.`;
}

function exitCodeOf(outcome: PlanOutcome): ExitCode {
  if (outcome.stopped) return EXIT.stopped;
  return count(outcome, 'failed') > 0 ? EXIT.failed : EXIT.done;
}

function runDocument(
  { experiment, profileName, dataset, engine, variants }: ExperimentResults,
  outcome: PlanOutcome,
) {
  const all = variants.flatMap(variant => variant.runs);
  return {
    experiment: experiment.name,
    profile: profileName,
    dataset: dataset.name,
    note: dataset.note,
    engine,
    trained: count(outcome, 'trained'),
    resumed: all.filter(run => outcome.runs.get(run.id) === 'trained' && (run.resumedFromStep ?? 0) > 0)
      .length,
    reused: count(outcome, 'reused'),
    failed: count(outcome, 'failed'),
    runs: variants.flatMap(variant =>
      variant.runs.map(run => ({
        id: run.id,
        variant: variant.name,
        seed: run.seed,
        state: run.state,
        reason: run.reason,
        resumedFromStep: run.resumedFromStep,
        weightsSha256: run.weightsSha256,
        top1Error: run.test?.top1Error ?? null,
        top5Error: run.test?.top5Error ?? null,
        trainLoss: run.trainLoss,
        seconds: run.seconds,
      })),
    ),
  };
}
