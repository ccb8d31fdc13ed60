import { UsageError } from '@strata/core/errors';
import { buildModel, modelSource } from '@strata/core/models';
import { formatSummary, type Shape, summarise } from '@strata/core/network';
import { printJson } from '../print.js';
import { EXIT, verb } from '../verb.js';

export const model = verb({
  name: 'model',
  describe: 'Layers, shapes, parameters and multiply-adds of a network (vgg-d)',
  positionals: [{ name: 'name', describe: 'Model, such as vgg-a or vgg-d' }],
  options: ['classes', 'input', 'width', 'json'],
  async run([name = ''], { classes, input, width, json }) {
    const network = buildModel({
      name,
      options: {
        ...(classes !== undefined && { classes }),
        ...(input !== undefined && { input: parseInput(input) }),
        ...(width !== undefined && { width }),
      },
    });
    const summary = summarise(network);
    if (json) printJson(summary);
    else console.log(`${formatSummary(summary)}\n\nSource: ${modelSource(name)}`);
    return EXIT.done;
  },
});

function parseInput(text: string): Shape {
  const sizes = text.split(',').map(Number);
  const [a, b, c] = sizes;
  if (sizes.length === 1 && a && a > 0) return [3, a, a];
  if (sizes.length === 3 && a && b && c) return [a, b, c];
  throw new UsageError(`--input ${text}: expected a size (224), or channels,height,width (3,32,32).`);
}
