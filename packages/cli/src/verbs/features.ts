import { writeFile } from 'node:fs/promises';
import { AUTO, openDataSet } from '@strata/core/data';
import { loadEngine } from '@strata/core/engine';
import { messageOf, UsageError } from '@strata/core/errors';
import { encodeFeatures } from '@strata/core/training';
import { imagesNeeded } from '@strata/experiments/plan';
import { classifyFeatures, featuresOfRun } from '@strata/experiments/runner';
import { readRun } from '@strata/experiments/store';
import { existingStore } from '../existing-store.js';
import { fromUser } from '../paths.js';
import { printJson } from '../print.js';
import { EXIT, verb } from '../verb.js';

export const features = verb({
  name: 'features',
  describe: 'Write what a layer of a trained network says of images, or train a linear classifier on it',
  positionals: [{ name: 'run', describe: 'Id of a finished run in the store' }],
  options: ['layer', 'split', 'classify', 'dataset', 'data-dir', 'engine', 'threads', 'store', 'out', 'json'],
  async run([id = ''], values) {
    const { layer, split = 'test', classify, threads, json, out } = values;
    if (layer === undefined) {
      throw new UsageError('--layer is missing; give the name of a layer, as strata model lists them.');
    }
    if (split !== 'train' && split !== 'test') {
      throw new UsageError(`--split=${split}: expected train or test.`);
    }
    const store = await existingStore(values.store);
    const run = await readRun(store, id);
    const dataDir = values['data-dir'];
    const name = values.dataset === AUTO ? run.dataset.name : values.dataset;
    const { dataSet } = await openDataSet(name, {
      ...imagesNeeded(run.model, run.recipe),
      ...(dataDir !== undefined && { dataDir: fromUser(dataDir) }),
    });
    const engine = await loadEngine(values.engine);
    const context = { store, data: dataSet, engine, ...(threads !== undefined && { threads }) };
    if (classify) {
      const errors = await classifyFeatures(context, { run: id, layer });
      const { trainTop1Error, testTop1Error } = errors;
      if (json) printJson({ run: id, layer, dataset: name, ...errors });
      else console.log(`Linear on ${layer}: ${testTop1Error} % test error, ${trainTop1Error} % in training.`);
      return EXIT.done;
    }
    const found = await featuresOfRun(context, { run: id, layer, split });
    const file = fromUser(out ?? `${id}.${layer}.${split}.safetensors`);
    try {
      await writeFile(file, encodeFeatures(found, { run: id, layer, split, dataset: name }));
    } catch (error) {
      throw new UsageError(`${file} cannot be written (${messageOf(error)}); name another with --out.`);
    }
    const { count, width } = found;
    if (json) printJson({ run: id, layer, dataset: name, split, count, width, file });
    else console.log(`${count} images, ${width} features each: ${file}`);
    return EXIT.done;
  },
});
