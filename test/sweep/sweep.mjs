// How much a sweep gets out of the machine. The contenders take turns on each table; a ratio is of total images a second in
// one turn, process starts, looks at the test images and final tests included.
//
//   npx nx run test:sweep -- --tables=vgg,wrn --versus=one-by-one,torch --rounds=2
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { median } from '../../packages/core/dist/engine/bench/index.js';
import { expectedCosts, totalSeconds } from '../../packages/experiments/dist/plan/index.js';
import { speedHere, sweepSeconds } from '../../packages/experiments/dist/runner/index.js';
import { contenders } from './contenders.mjs';
import { planTable, tableNames } from './tables.mjs';

const { values } = parseArgs({
  options: {
    tables: { type: 'string', default: tableNames.join() },
    // sweep, and what it is to be compared with: one-by-one, torch
    versus: { type: 'string', default: 'one-by-one' },
    rounds: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    epochs: { type: 'string', default: '3' },
    train: { type: 'string', default: '2000' },
    test: { type: 'string', default: '1000' },
    dataset: { type: 'string', default: 'shapes' },
    'data-dir': { type: 'string' },
  },
});
const cores = availableParallelism();
const names = ['sweep', ...values.versus.split(',')];
const speed = await speedHere('onnx', { processes: cores, threads: 1 });
const sum = list => list.reduce((total, value) => total + value, 0);
const percent = share => `${(100 * share).toFixed(1)} %`;

console.log(`${cpus()[0]?.model}, ${cores} cores; ${values.rounds} rounds`);
for (const name of values.tables.split(',')) {
  const sizes = Object.fromEntries(
    ['seeds', 'epochs', 'train', 'test'].map(key => [key, Number(values[key])]),
  );
  const { plan, data, source } = await planTable(name, {
    ...sizes,
    dataset: values.dataset,
    dataDir: values['data-dir'],
  });
  const costs = expectedCosts(plan.runs, speed);
  const byId = new Map([...costs].map(([{ id }, cost]) => [id, cost]));
  const cost = ({ id }) => totalSeconds(byId.get(id));
  const table = { plan, data, source, cost };
  const images = sum(plan.runs.map(({ steps, run }) => steps * run.recipe.batchSize));
  const rounds = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    const turn = {};
    for (const contender of names) {
      turn[contender] = await contenders[contender](table);
      console.error(`${name}, round ${round + 1}: ${contender} took ${turn[contender].wall.toFixed(1)} s`);
    }
    rounds.push(turn);
  }
  console.log(`\n${name}: ${plan.runs.length} runs on ${plan.data.name}, ${images} images to train on`);
  for (const contender of names) {
    const speeds = rounds.map(turn => images / turn[contender].wall);
    const ratios = rounds.map(turn => turn[contender].wall / turn.sweep.wall);
    console.log(
      `  ${contender.padEnd(11)} ${median(speeds).toFixed(0).padStart(6)} images/s; the sweep is ${median(ratios).toFixed(2)} times as fast (${ratios.map(ratio => ratio.toFixed(2)).join(', ')})`,
    );
  }
  report(rounds.at(-1).sweep);
  const { wall, jobs } = rounds.at(-1).sweep;
  console.log(`  expected ${sweepSeconds(plan.runs, cost, cores).toFixed(1)} s, took ${wall.toFixed(1)} s`);
  for (const { planned, started, ended, result } of jobs) {
    const ratio = cost(planned) / (ended - started);
    const training = byId.get(planned.id).training / result.seconds;
    console.log(
      `    ${`${planned.variant}, seed ${planned.seed}`.padEnd(18)} ${(ended - started).toFixed(1)} s, expected ${ratio.toFixed(2)} times that (training alone: ${training.toFixed(2)})`,
    );
  }
}

/**
 * Where the time of the slots goes. Scheduling is the time from the end of a job's process to the start of the next one in its
 * place, and what the runner takes before the first and after the last; a slot for which no run is left is idle.
 */
function report({ wall, jobs }) {
  const slotTime = cores * wall;
  const alive = sum(jobs.map(({ started, ended }) => ended - started));
  const ends = jobs.map(({ ended }) => ended);
  const gaps = jobs.map(({ started }) => {
    const before = ends.filter(ended => ended <= started);
    return jobs.filter(job => job.started < started).length < cores ? started : started - Math.max(...before);
  });
  const scheduling = sum(gaps) + cores * (wall - Math.max(...ends));
  const training = sum(jobs.map(({ result }) => result.seconds));
  const starts = jobs.map(({ started, training }) => training - started);
  const checkpoints = jobs.map(({ result }) => result.checkpoints);
  console.log(
    `  scheduling ${percent(scheduling / slotTime)} of the slots' time, idle ${percent(1 - (alive + scheduling) / slotTime)}`,
  );
  console.log(
    `  of the processes' time: training ${percent(training / alive)}, starting ${percent(sum(starts) / alive)}, the rest testing and keeping`,
  );
  console.log(
    `  a run's start (from its process to the beginning of its first step): median ${median(starts).toFixed(2)} s, longest ${Math.max(...starts).toFixed(2)} s`,
  );
  console.log(
    `  checkpoints: ${sum(checkpoints.map(({ count }) => count))}, ${percent(sum(checkpoints.map(({ seconds }) => seconds)) / training)} of training`,
  );
}
