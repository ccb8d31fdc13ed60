import { loadEngine } from '@strata/core/engine';
import type { TableEvaluation } from '@strata/experiments/catalog';
import {
  evaluationsFor,
  type PlannedEnsemble,
  type PlannedEvaluation,
  type PlannedRun,
  planEvaluations,
} from '@strata/experiments/plan';
import { areTrained, type EvaluationContext, ensureEvaluation } from '@strata/experiments/runner';
import { openStore, runStatus } from '@strata/experiments/store';
import { planOptions, resolvePlan } from '../experiment-options.js';
import { evaluationDocument, planHeadline } from '../plan-summary.js';
import { printJson } from '../print.js';
import { stopOnSignal } from '../signals.js';
import { EXIT, verb } from '../verb.js';
import { testOptions, whatToTest } from '../what-to-test.js';

export const evaluate = verb({
  name: 'evaluate',
  describe: 'Test the trained networks of an experiment in any way that the store lacks; trains nothing',
  positionals: [{ name: 'experiment', describe: 'Experiment, such as vgg-depth' }],
  options: [...planOptions, ...testOptions, 'threads', 'json'],
  async run([name = ''], values) {
    const { plan, data, otherData, store } = await resolvePlan(name, values);
    const { json, threads } = values;
    const { runs: wanted, definitions, ensembles } = whatToTest(plan, values);
    await openStore(store);
    const engine = await loadEngine(plan.engine);
    const say = json ? () => {} : console.log;
    say(planHeadline(plan));
    const stop = stopOnSignal();
    const context = { store, data, otherData, engine, ...(threads !== undefined && { threads }) };
    const tested = { context, say, signal: stop.signal };
    const runs = await testRuns(tested, wanted, definitions);
    const together = await testEnsembles(tested, ensembles);
    stop.end();
    if (json)
      printJson({
        experiment: name,
        profile: plan.profileName,
        dataset: plan.data.name,
        note: plan.data.note,
        engine: plan.engine,
        runs,
        ensembles: together,
      });
    return stop.signal.aborted ? EXIT.stopped : EXIT.done;
  },
});

interface Testing {
  readonly context: EvaluationContext;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

async function testRuns(
  testing: Testing,
  runs: readonly PlannedRun[],
  definitions: readonly TableEvaluation[],
): Promise<readonly object[]> {
  const documents: object[] = [];
  for (const planned of runs) {
    const { id, variant, seed } = planned;
    const { state } = await runStatus(testing.context.store, id);
    const isOver = state === 'done' || state === 'diverged';
    const title = `${variant}, seed ${seed}`;
    if (!isOver) testing.say(`${title}: ${state}, not tested`);
    const wanted = isOver ? planEvaluations(evaluationsFor(definitions, variant), [id]) : [];
    documents.push({ id, variant, seed, state, ...(await testAll(testing, title, [planned], wanted)) });
  }
  return documents;
}

async function testEnsembles(
  testing: Testing,
  ensembles: readonly PlannedEnsemble[],
): Promise<readonly object[]> {
  const documents: object[] = [];
  for (const { ensemble, seeds, runs, evaluations } of ensembles) {
    const trained = await areTrained(testing.context, runs);
    const title = `${ensemble.name}, ${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`;
    if (!trained) testing.say(`${title}: not all trained, not tested`);
    documents.push({
      name: ensemble.name,
      variants: ensemble.variants,
      seeds,
      runs: runs.map(({ id }) => id),
      ...(await testAll(testing, title, runs, trained ? evaluations : [])),
    });
  }
  return documents;
}

/** Tests and says what came of it, until a signal asks to stop. */
async function testAll(
  { context, say, signal }: Testing,
  title: string,
  runs: readonly PlannedRun[],
  evaluations: readonly PlannedEvaluation[],
): Promise<{ evaluated: number; evaluations: readonly object[] }> {
  const documents: object[] = [];
  let evaluated = 0;
  for (const planned of evaluations) {
    if (signal.aborted) break;
    const { result, made } = await ensureEvaluation(context, runs, planned);
    const { top1Error, top5Error, loss, count } = result;
    const { name, split } = planned.definition;
    const errors = `${top1Error.toFixed(2)} % top-1, ${top5Error.toFixed(2)} % top-5 of ${count} ${split} images`;
    say(`${title}, ${name}: ${errors}${made ? '' : ' (tested before)'}`);
    documents.push({ ...evaluationDocument(planned), made, top1Error, top5Error, loss, count });
    if (made) evaluated++;
  }
  return { evaluated, evaluations: documents };
}
