import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { strata, temporaryFolder, tiny } from './strata.js';

const folder = await temporaryFolder();
const file = join(folder, 'a-file');
await writeFile(file, 'in the way');
await mkdir(join(folder, 'cut', 'cifar-10-batches-bin'), { recursive: true });
await writeFile(join(folder, 'cut', 'cifar-10-batches-bin', 'data_batch_1.bin'), Buffer.alloc(5000));
await writeFile(join(folder, 'cut', 'cifar-10-batches-bin', 'test_batch.bin'), Buffer.alloc(3073));

/** What a user may get wrong, the words that do, and what the one line says. */
type Mistake = readonly [string, readonly string[], RegExp];
const mistakes: readonly Mistake[] = [
  ['an unknown verb', ['rnu'], /Unknown verb "rnu". Did you mean "run"\?/],
  ['an unknown experiment', ['run', 'vgg-deep'], /Unknown experiment "vgg-deep". Did you mean "vgg-depth"\?/],
  [
    'an unknown option',
    ['plan', 'vgg-depth', '--profil=smoke'],
    /Unknown option of strata plan "--profil". Did you mean "--profile"/,
  ],
  [
    'an unknown profile',
    ['plan', 'vgg-depth', '--profile=smokey'],
    /Unknown profile "smokey". Did you mean "smoke"/,
  ],
  ['an unknown model', ['model', 'vgg-dd'], /Unknown model "vgg-dd". Did you mean "vgg-d"/],
  [
    'an input that is too small',
    ['model', 'vgg-a', '--input=8'],
    /Network vgg-a, layer "pool4": .* does not fit/,
  ],
  ['an input that is none', ['model', 'vgg-a', '--input=big'], /--input big: expected a size/],
  [
    'an unknown layer option',
    ['plan', 'vgg-depth', '--set', 'options.widht=2'],
    /Unknown setting "options.widht". Did you mean "options.width"/,
  ],
  ['an unknown variant', ['plan', 'vgg-depth', '--only=F'], /Unknown variant of vgg-depth "F"/],
  [
    'an unknown data set',
    ['plan', 'vgg-depth', '--dataset=cifar11'],
    /Unknown data set "cifar11". Did you mean "cifar10"/,
  ],
  [
    'a data set that is not there',
    ['plan', 'vgg-depth', '--dataset=cifar10'],
    /No cifar10 in .* strata data fetch cifar10/,
  ],
  ['a data folder that is not there', ['plan', 'vgg-depth', '--data-dir=/no/such'], /\/no\/such/],
  ['an unknown engine', ['plan', 'vgg-depth', '--engine=wsam'], /Unknown engine "wsam". Did you mean "wasm"/],
  [
    'a store to compare that is missing',
    ['compare', 'results'],
    /Too few words: expected strata compare <a> <b>\./,
  ],
  ...[['report'], ['status'], ['serve'], ['clean'], ['export', 'ab', '--format=onnx']].map(
    ([verb = '', ...rest]): Mistake => [
      `a store that is not there, for ${verb}`,
      [verb, ...rest, `--store=${folder}/none`],
      /--store=.*none is not there; name the folder/,
    ],
  ),
  [
    'the size of one report for all',
    ['report', '--profile=smoke'],
    /--profile is of one experiment; name it/,
  ],
  ['an option of one report for all', ['report', '--seeds=2'], /--seeds is of one experiment; name it/],
  ['a port that no machine has', ['serve', '--port=99999'], /--port=99999: expected .* up to 65535/],
  ['a wrong number of seeds', ['plan', 'vgg-depth', '--seeds=0'], /--seeds 0: expected a count above 0/],
  ['seeds that are none', ['plan', 'vgg-depth', '--seeds=a,b'], /--seeds a,b: expected/],
  [
    'slots that are none',
    ['run', 'vgg-depth', ...tiny, '--slots=many'],
    /--slots=many: expected auto, or how many/,
  ],
  [
    'an unknown executor',
    ['run', 'vgg-depth', ...tiny, '--executor=locl'],
    /Unknown executor "locl". Did you mean "local"/,
  ],
  [
    'GPUs for a CPU engine',
    ['run', 'vgg-depth', ...tiny, '--devices=0'],
    /--devices=0: engine wasm runs on the CPU/,
  ],
  [
    'a partition without a cluster',
    ['run', 'vgg-depth', ...tiny, '--partition=gpu'],
    /--partition is for a cluster; add --executor=slurm/,
  ],
  [
    'devices of a cluster',
    ['run', 'vgg-depth', ...tiny, '--executor=slurm', '--devices=0'],
    /--devices=0: on a cluster Slurm gives out the GPUs/,
  ],
  [
    'fewer retries than none',
    ['run', 'vgg-depth', ...tiny, '--retries=-1'],
    /--retries=-1: expected a whole number/,
  ],
  ['an unknown run to clean', ['clean', `--store=${folder}`, '--done=abc'], /Unknown run "abc"/],
  ['no threads', ['run', 'vgg-depth', '--threads=0'], /--threads=0: expected a whole number above 0/],
  ['an option without its value', ['run', 'vgg-depth', '--threads'], /threads/],
  ['an empty folder', ['run', 'vgg-depth', '--store='], /--store: expected a value/],
  [
    'a training of no length',
    ['run', 'vgg-depth', '--set=recipe.epochs=-1'],
    /recipe.epochs is -1; expected a whole number/,
  ],
  ['a missing experiment', ['run'], /Too few words: expected strata run <experiment>/],
  ['an unknown format', ['export', 'ab', '--format=onx'], /Unknown format "onx". Did you mean "onnx"\?/],
  ['no format', ['export', 'ab'], /--format is missing; give one of safetensors, onnx, tfjs/],
  [
    'a run that is not there',
    ['export', 'ab', '--format=onnx', `--store=${folder}`],
    /No run in .* begins with "ab"/,
  ],
  ['a store without runs', ['compare', folder, folder], /holds no run that can be read/],
  ['a word too many', ['list', 'everything'], /everything/],
  [
    'an unknown protocol',
    ['evaluate', 'vgg-depth', '--protocol=ten-crops'],
    /Unknown protocol "ten-crops". Did you mean "ten-crop"/,
  ],
  ['a protocol that is none', ['evaluate', 'vgg-depth', '--protocol={"kind":"dense"}'], /flip is wrong/],
  [
    'an unknown split',
    ['evaluate', 'vgg-depth', '--split=tset'],
    /Unknown split "tset". Did you mean "test"/,
  ],
  [
    'an average of more than there is',
    ['evaluate', 'vgg-depth', '--average=A,B', '--members=9'],
    /takes 9 seeds of each variant together, and fewer are planned; use --seeds=9/,
  ],
  ['an unknown net', ['bench', '--nets=vgg-z'], /Unknown net of the bench "vgg-z"/],
  ['an unknown rival', ['bench', '--versus=jax'], /Unknown rival "jax". Known: torch/],
  ['an unknown data action', ['data', 'fech'], /Unknown action of strata data "fech". Did you mean "fetch"/],
  [
    'a truncated CIFAR-10 file',
    ['run', 'vgg-depth', '--dataset=cifar10', `--data-dir=${join(folder, 'cut')}`, `--store=${folder}/s`],
    /data_batch_1.bin.*5,?000.*3,?073/,
  ],
  [
    'a store that cannot be written',
    ['run', 'vgg-depth', ...tiny, `--store=${file}/store`],
    /The store .* cannot be written to/,
  ],
  [
    'a report folder that cannot be written',
    ['report', 'vgg-depth', ...tiny, `--store=${folder}/s2`, `--out=${file}/out`],
    /Cannot write the report .* use --out/,
  ],
];

describe('a mistake gets one clear line and exit code 2', () => {
  it.each(mistakes)('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await strata(args);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^strata: /);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('help', () => {
  it.each([[[]], [['help']], [['--help']]])('%j lists the verbs', async args => {
    const { code, stdout } = await strata(args);
    expect(code).toBe(0);
    for (const name of [
      'list',
      'show',
      'model',
      'plan',
      'run',
      'evaluate',
      'status',
      'report',
      'compare',
      'serve',
      'export',
      'clean',
      'data',
      'doctor',
      'bench',
    ]) {
      expect(stdout).toMatch(new RegExp(`strata ${name}\\b`));
    }
  });

  it('describes the options of one verb', async () => {
    const { code, stdout } = await strata(['run', '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/--data-dir +Folder in which data sets are looked for first/);
    expect(stdout).not.toMatch(/--mirror/);
  });
});
