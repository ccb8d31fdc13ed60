import { UsageError } from '@strata/core/errors';
import { buildModel, type ModelOptions, modelSource } from '@strata/core/models';
import { drawNetwork, formatSummary, type Shape, summarise } from '@strata/core/network';
import { printJson } from '../print.js';
import { formatStart, parseStart, probeStart } from '../probe-start.js';
import { EXIT, verb } from '../verb.js';

export const model = verb({
  name: 'model',
  describe: 'Layers, shapes, parameters and multiply-adds of a network (vgg-d)',
  positionals: [{ name: 'name', describe: 'Model, such as vgg-a or vgg-d' }],
  options: ['classes', 'input', 'width', 'set', 'svg', 'probe', 'json'],
  async run([name = ''], { classes, input, width, set, svg, probe, json }) {
    const network = buildModel({
      name,
      options: {
        ...parseSettings(set ?? []),
        ...(classes !== undefined && { classes }),
        ...(input !== undefined && { input: parseInput(input) }),
        ...(width !== undefined && { width }),
      },
    });
    if (probe !== undefined) {
      const layers = await probeStart(network, parseStart(probe, width ?? 1));
      if (json) printJson({ name: network.name, layers });
      else console.log(formatStart(layers));
      return EXIT.done;
    }
    const summary = summarise(network);
    if (svg) process.stdout.write(drawNetwork(network));
    else if (json) printJson(summary);
    else console.log(`${formatSummary(summary)}\n\nSource: ${modelSource(name)}`);
    return EXIT.done;
  },
});

/** Options of the model: `shortcut=B` is a text, `lrn=false` and `hidden=512` are what they look like. */
function parseSettings(settings: readonly string[]): ModelOptions {
  return Object.fromEntries(
    settings.map(setting => {
      const [, key, value = ''] = /^([^=]+)=(.*)$/.exec(setting) ?? [];
      if (!key) throw new UsageError(`--set ${setting}: expected option=value, as in --set shortcut=B.`);
      return [key, /^(true|false|-?[\d.]+(e-?\d+)?)$/i.test(value) ? JSON.parse(value) : value];
    }),
  );
}

function parseInput(text: string): Shape {
  const sizes = text.split(',').map(Number);
  const [a, b, c] = sizes;
  if (sizes.length === 1 && a && a > 0) return [3, a, a];
  if (sizes.length === 3 && a && b && c) return [a, b, c];
  throw new UsageError(`--input ${text}: expected a size (224), or channels,height,width (3,32,32).`);
}
