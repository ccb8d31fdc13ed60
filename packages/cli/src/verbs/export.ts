import { join } from 'node:path';
import { UsageError, unknownName } from '@strata/core/errors';
import { type ExportFormatName, exportFormats } from '@strata/core/export';
import { buildModel } from '@strata/core/models';
import {
  findRun,
  type Run,
  readRun,
  readWeights,
  runStatus,
  writeAtomically,
} from '@strata/experiments/store';
import { existingStore } from '../existing-store.js';
import { exportCard } from '../export-card.js';
import { fromUser } from '../paths.js';
import { printJson } from '../print.js';
import { EXIT, verb } from '../verb.js';

export const exportVerb = verb({
  name: 'export',
  describe: `A trained network for other tools: ${Object.entries(exportFormats)
    .map(([name, { describe }]) => `${name} (${describe})`)
    .join(', ')}`,
  positionals: [{ name: 'run', describe: 'Id of the run, or its beginning' }],
  options: ['format', 'out', 'store', 'data-dir', 'json'],
  async run([prefix = ''], values) {
    const format = formatNamed(values.format);
    const store = await existingStore(values.store);
    const id = await findRun(store, prefix);
    const run = await finishedRun(store, id);
    const folder = values.out === undefined ? join(store, 'exports', id, format) : fromUser(values.out);
    const { card: described, files: fitted } = await exportCard(run, values['data-dir']);
    const card = { run: id, format, ...described };
    const model = exportFormats[format].files({
      network: buildModel(run.model),
      weights: await readWeights(store, id),
      metadata: { strata: JSON.stringify(card) },
    });
    const written: string[] = [];
    for (const [name, bytes] of [...model, ...fitted]) {
      const file = join(folder, name);
      await writeAtomically(file, bytes);
      written.push(file);
    }
    const cardFile = join(folder, CARD);
    await writeAtomically(cardFile, `${JSON.stringify(card, null, 2)}\n`);
    if (values.json) printJson({ ...card, files: [...written, cardFile] });
    else {
      console.log([...written, cardFile].join('\n'));
      if (card.preprocessing.mean === null) console.error(noMean(card.dataset.name));
    }
    return EXIT.done;
  },
});

const CARD = 'card.json';

function formatNamed(name: string | undefined): ExportFormatName {
  const names = Object.keys(exportFormats) as ExportFormatName[];
  if (name === undefined) throw new UsageError(`--format is missing; give one of ${names.join(', ')}.`);
  const found = names.find(known => known === name);
  if (!found) throw unknownName('format', name, names);
  return found;
}

async function finishedRun(store: string, id: string): Promise<Run> {
  const { state } = await runStatus(store, id);
  const run = await readRun(store, id);
  if (state !== 'done' && state !== 'diverged') {
    throw new UsageError(`Run ${id} is ${state}: only a finished run has weights to export.`);
  }
  return run;
}

function noMean(dataset: string): string {
  return `${CARD} lacks the mean of the training images, for ${dataset} as it was trained on is not here; say where it is with --data-dir.`;
}
