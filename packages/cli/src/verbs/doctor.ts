import { cpus, totalmem } from 'node:os';
import { describeDataSets } from '@strata/core/data';
import { describeEngines } from '@strata/core/engine';
import { fromUser } from '../paths.js';
import { formatBytes, formatTable, printJson } from '../print.js';
import { EXIT, verb } from '../verb.js';

export const doctor = verb({
  name: 'doctor',
  describe: 'Which engines and data sets are here, which are not, and why',
  positionals: [],
  options: ['data-dir', 'json'],
  async run(_, { json, 'data-dir': dataDir }) {
    const engines = await describeEngines();
    const datasets = describeDataSets(dataDir === undefined ? {} : { dataDir: fromUser(dataDir) });
    const machine = {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryBytes: totalmem(),
      platform: `${process.platform} ${process.arch}`,
      node: process.version,
    };
    if (json) {
      printJson({ engines, datasets, machine });
      return EXIT.done;
    }
    const { cpu, cores, memoryBytes, platform, node } = machine;
    console.log(`${cpu}, ${cores} cores, ${formatBytes(memoryBytes)}, ${platform}, Node ${node}\n`);
    const engineRows = engines.map(({ name, available, version, reason, detail }) => [
      name,
      available ? `ready${version ? ` (${version})` : ''}` : 'missing',
      reason || detail,
    ]);
    console.log(formatTable(['engine', 'state', ''], engineRows));
    const dataRows = datasets.map(({ name, found, where }) => [
      name,
      found ? 'found' : 'missing',
      where ?? '',
    ]);
    console.log(`\n${formatTable(['data set', 'state', 'where'], dataRows)}`);
    return EXIT.done;
  },
});
