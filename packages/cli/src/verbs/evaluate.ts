import { loadEngine } from '@strata/core/engine';
import { ensureEvaluations } from '@strata/experiments/runner';
import { openStore, runStatus } from '@strata/experiments/store';
import { planOptions, resolvePlan } from '../experiment-options.js';
import { planHeadline } from '../plan-summary.js';
import { printJson } from '../print.js';
import { EXIT, verb } from '../verb.js';

export const evaluate = verb({
  name: 'evaluate',
  describe: 'Test the trained networks of an experiment where the store lacks it; trains nothing',
  positionals: [{ name: 'experiment', describe: 'Experiment, such as vgg-depth' }],
  options: [...planOptions, 'threads', 'json'],
  async run([name = ''], values) {
    const { plan, data, store } = await resolvePlan(name, values);
    const { json, threads } = values;
    await openStore(store);
    const engine = await loadEngine(plan.engine);
    if (!json) console.log(planHeadline(plan));
    const context = { store, data, engine, ...(threads !== undefined && { threads }) };
    const runs: { id: string; variant: string; seed: number; state: string; evaluated: number }[] = [];
    for (const planned of plan.runs) {
      const { id, variant, seed } = planned;
      const { state } = await runStatus(store, id);
      const isOver = state === 'done' || state === 'diverged';
      const evaluated = isOver ? await ensureEvaluations(context, planned) : 0;
      runs.push({ id, variant, seed, state, evaluated });
      const what = !isOver ? `${state}, not tested` : evaluated > 0 ? 'tested' : 'tested before';
      if (!json) console.log(`${variant}, seed ${seed}: ${what}`);
    }
    if (json) printJson({ experiment: name, profile: plan.profileName, dataset: plan.data.name, runs });
    return EXIT.done;
  },
});
