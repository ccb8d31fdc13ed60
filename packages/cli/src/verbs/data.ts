import { AUTO, checkDataSet, describeDataSets, fetchDataSet } from '@strata/core/data';
import { UsageError, unknownName } from '@strata/core/errors';
import type { OptionValues } from '../options.js';
import { fromUser } from '../paths.js';
import { formatBytes, formatTable, printJson } from '../print.js';
import { EXIT, verb } from '../verb.js';

const actions = { list: listSets, check: checkSet, fetch: fetchSet };

type DataOptions = OptionValues<'data-dir' | 'mirror' | 'json'>;

export const data = verb({
  name: 'data',
  describe: 'Data sets: list them, check one to its last byte, fetch one from its official address',
  positionals: [
    { name: 'action', describe: 'list, check or fetch' },
    { name: 'set', describe: 'Data set, such as cifar10', optional: true },
  ],
  options: ['data-dir', 'mirror', 'json'],
  async run([action = '', set], values) {
    if (!(action in actions)) throw unknownName('action of strata data', action, Object.keys(actions));
    await actions[action as keyof typeof actions](set, values);
    return EXIT.done;
  },
});

function places(values: DataOptions): { dataDir?: string } {
  const dataDir = values['data-dir'];
  return dataDir === undefined ? {} : { dataDir: fromUser(dataDir) };
}

function required(set: string | undefined, action: string): string {
  if (set !== undefined && set !== AUTO) return set;
  throw new UsageError(`strata data ${action}: name the data set, as in strata data ${action} cifar10.`);
}

async function listSets(_: string | undefined, values: DataOptions): Promise<void> {
  const datasets = describeDataSets(places(values));
  if (values.json) printJson({ datasets });
  else {
    const rows = datasets.map(({ name, found, where }) => [name, found ? 'found' : 'missing', where ?? '']);
    console.log(formatTable(['data set', 'state', 'where'], rows));
  }
}

async function checkSet(set: string | undefined, values: DataOptions): Promise<void> {
  const report = await checkDataSet(required(set, 'check'), places(values));
  if (values.json) {
    printJson(report);
    return;
  }
  console.log(
    `${report.name}: ${report.shape ? `${report.shape.join('x')} images` : 'photographs'}, from ${report.source}\nSHA-256 ${report.checksum}\n`,
  );
  const rows = Object.entries(report.train.perClass).map(([name, count]) => [
    name,
    `${count}`,
    `${report.test.perClass[name] ?? 0}`,
  ]);
  const total = ['total', `${report.train.count}`, `${report.test.count}`];
  console.log(formatTable(['class', 'train', 'test'], [...rows, total], [1, 2]));
}

async function fetchSet(set: string | undefined, values: DataOptions): Promise<void> {
  const showBytes = (received: number, total: number | undefined): void => {
    if (!process.stderr.isTTY) return;
    process.stderr.write(`\r\x1b[2K${formatBytes(received)}${total ? ` of ${formatBytes(total)}` : ''}`);
  };
  const fetched = await fetchDataSet(required(set, 'fetch'), {
    ...places(values),
    ...(values.mirror && { mirrors: values.mirror }),
    onProgress: showBytes,
  });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
  if (values.json) printJson(fetched);
  else
    console.log(fetched.alreadyThere ? `Already there: ${fetched.folder}` : `Fetched into ${fetched.folder}`);
}
