import { cpus } from 'node:os';
import { describeDataSets, isPhotoSet, openDataSet, type PhotoSet } from '@strata/core/data';
import { type BenchNet, benchNets, placements } from '@strata/core/engine/bench';
import { photoSpeed, waitingShare } from '@strata/core/training/bench';
import { fromUser } from './paths.js';
import { printJson } from './print.js';

/** Narrow nets, whose steps are short. */
export const usualNets: readonly BenchNet[] = benchNets.filter(({ name }) =>
  ['wrn-16-1', 'vgg-a/4'].includes(name),
);

const PHOTOGRAPHS = 'imagenette';
/** Pixels a side of the inputs that photographs become. */
const SIDE = 64;

interface PipelineBench {
  readonly engine: string;
  readonly nets: readonly BenchNet[];
  readonly dataDir: string | undefined;
  readonly rounds: number;
  readonly json: boolean;
}

/** Prints how long the engine waits for batches, and how fast photographs are decoded where there are some. */
export async function benchPipeline({ engine, nets, dataDir, rounds, json }: PipelineBench): Promise<void> {
  const cores = cpus().length;
  const waiting = [];
  for (const net of nets) {
    for (const placement of placements(cores)) {
      const share = await waitingShare(engine, net, placement, rounds);
      waiting.push({ net: net.name, batch: net.batchSize, engine, ...placement, share });
      if (!json) console.log(waitingLine(net, engine, placement, share));
    }
  }
  const photos = await photographs(dataDir);
  const decoding = photos ? await photoSpeed(photos, SIDE, cores, rounds) : null;
  if (decoding && !json) {
    const { sharp, pipeline } = decoding;
    console.log(
      `${PHOTOGRAPHS}, images a second of a core: decoded by sharp alone ${sharp.toFixed(0)}, ready for training ${pipeline.toFixed(0)} (${((100 * pipeline) / sharp).toFixed(0)} %)`,
    );
  }
  if (json) printJson({ waiting, decoding });
  else if (!decoding)
    console.log(`No ${PHOTOGRAPHS} here: decoding is not measured; say where it is with --data-dir.`);
}

function waitingLine(
  { name, batchSize }: BenchNet,
  engine: string,
  { threads, processes }: { readonly threads: number; readonly processes: number },
  share: number,
): string {
  const placement = `${processes} x ${threads} thread${threads === 1 ? '' : 's'}`;
  return `${name.padEnd(9)}  batch ${batchSize}  ${engine}  ${placement.padEnd(13)}  waits ${(100 * share).toFixed(2)} % of a step`;
}

async function photographs(dataDir: string | undefined): Promise<PhotoSet | undefined> {
  const places = dataDir === undefined ? {} : { dataDir: fromUser(dataDir) };
  if (!describeDataSets(places).some(({ name, found }) => name === PHOTOGRAPHS && found)) return undefined;
  const { train } = (await openDataSet(PHOTOGRAPHS, places)).dataSet;
  return isPhotoSet(train) ? train : undefined;
}
