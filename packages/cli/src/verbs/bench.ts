import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { AUTO, describeEngines, loadEngine } from '@strata/core/engine';
import {
  type BenchNet,
  type BenchRow,
  benchmark,
  benchNets,
  type Contender,
  convolutionSpeed,
  engineContender,
  geometricMean,
  placements,
  speedRatios,
  torchContender,
} from '@strata/core/engine/bench';
import { UsageError, unknownName } from '@strata/core/errors';
import { benchPipeline, usualNets } from '../pipeline-bench.js';
import { formatTable, printJson } from '../print.js';
import { EXIT, verb } from '../verb.js';

/** The slow reference of the parity tests is measured only when it is asked for. */
const LEFT_OUT = 'cpu';
const ROUND_SECONDS = 2;

export const bench = verb({
  name: 'bench',
  describe:
    'Images per second of a training step, net by net, for the engines that are here; beside PyTorch on request',
  positionals: [],
  options: ['engine', 'nets', 'versus', 'pipeline', 'data-dir', 'rounds', 'json'],
  async run(_, { engine, nets, versus, pipeline, 'data-dir': dataDir, rounds = 5, json }) {
    if (pipeline) {
      const named = nets === undefined ? usualNets : chooseNets(nets);
      await benchPipeline({ engine: (await loadEngine(engine)).name, nets: named, dataDir, rounds, json });
      return EXIT.done;
    }
    const engines = engine === AUTO ? await presentEngines() : [(await loadEngine(engine)).name];
    const python = versus === undefined ? undefined : pythonWithTorch(versus);
    const chosen = chooseNets(nets);
    const cores = cpus().length;
    const convGflops = await convolutionSpeed(cores);
    const contendersFor = (net: BenchNet): Contender[] =>
      placements(cores).flatMap(placement => [
        ...engines.map(name => engineContender(name, net, placement)),
        ...(python === undefined ? [] : [torchContender(python, net, placement)]),
      ]);
    const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores };
    if (!json) {
      console.log(
        `${machine.cpu}, ${cores} cores; a large convolution reaches ${convGflops.toFixed(0)} GFLOP/s\n`,
      );
    }
    const rows: BenchRow[] = [];
    for await (const row of benchmark(chosen, contendersFor, { rounds, roundSeconds: ROUND_SECONDS })) {
      rows.push(row);
      if (!json) console.log(rowLine(row, convGflops));
    }
    const ratios = python === undefined ? [] : ratiosOf(rows, engines);
    if (json) printJson({ machine, convGflops, rows, ratios });
    else if (ratios.length > 0)
      console.log(`\nSpeed against the better of PyTorch's two placements:\n${ratioTable(ratios)}`);
    return EXIT.done;
  },
});

async function presentEngines(): Promise<readonly string[]> {
  const engines = await describeEngines();
  return engines.filter(({ name, available }) => available && name !== LEFT_OUT).map(({ name }) => name);
}

function chooseNets(names: readonly string[] | undefined): readonly BenchNet[] {
  if (!names) return benchNets;
  const known = benchNets.map(({ name }) => name);
  return names
    .flatMap(list => list.split(','))
    .map(name => {
      const net = benchNets.find(candidate => candidate.name === name);
      if (!net) throw unknownName('net of the bench', name, known);
      return net;
    });
}

/** @throws UsageError when there is no Python with PyTorch. */
function pythonWithTorch(versus: string): string {
  if (versus !== 'torch') throw unknownName('rival', versus, ['torch']);
  const python = process.env.STRATA_PYTHON ?? '/usr/bin/python3';
  const { status, error, stderr } = spawnSync(python, ['-c', 'import torch'], { encoding: 'utf8' });
  if (status === 0) return python;
  const reason = error?.message ?? stderr.trim().split('\n').at(-1);
  throw new UsageError(
    `--versus=torch: ${python} cannot import torch (${reason}); install it (Debian: python3-torch), or name another Python in STRATA_PYTHON.`,
  );
}

function rowLine(row: BenchRow, convGflops: number): string {
  const { net, batch, engine, threads, processes, imagesPerSecond, gflops } = row;
  const placement = `${processes} x ${threads} thread${threads === 1 ? '' : 's'}`;
  const share = `${((100 * gflops) / convGflops).toFixed(0)} %`;
  return [
    net.padEnd(9),
    `batch ${batch}`.padEnd(9),
    engine.padEnd(14),
    placement.padEnd(13),
    `${imagesPerSecond.toPrecision(4)} img/s`.padStart(12),
    `${gflops.toFixed(1)} GFLOP/s`.padStart(14),
    share.padStart(5),
  ].join('  ');
}

interface EngineRatios {
  readonly engine: string;
  readonly byNet: Readonly<Record<string, number>>;
  readonly geometricMean: number;
}

function ratiosOf(rows: readonly BenchRow[], engines: readonly string[]): EngineRatios[] {
  return engines.map(engine => {
    const byNet = speedRatios(rows, engine, 'torch');
    return { engine, byNet: Object.fromEntries(byNet), geometricMean: geometricMean([...byNet.values()]) };
  });
}

function ratioTable(ratios: readonly EngineRatios[]): string {
  const nets = Object.keys(ratios[0]?.byNet ?? {});
  const rows = ratios.map(({ engine, byNet, geometricMean: mean }) => [
    engine,
    ...nets.map(net => (byNet[net] ?? Number.NaN).toFixed(2)),
    mean.toFixed(2),
  ]);
  return formatTable(
    ['engine', ...nets, 'geometric mean'],
    rows,
    [...nets.keys()].map(i => i + 1).concat(nets.length + 1),
  );
}
