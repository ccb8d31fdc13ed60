import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeSafetensors } from '@strata/core/training';
import { describe, expect, it } from 'vitest';
import { strata, temporaryFolder, tiny } from './strata.js';

const store = await temporaryFolder();

async function json(...args: readonly string[]) {
  const { code, stdout, stderr } = await strata([...args, '--json']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

describe('documents', () => {
  it('model', async () => {
    const document = await json('model', 'vgg-d');
    expect(document).toMatchObject({
      name: 'vgg-d',
      input: [3, 224, 224],
      classes: 1000,
      parameters: 138_357_544,
      multiplyAdds: 15_470_264_320,
    });
    expect(document.layers.at(-1)).toMatchObject({ name: 'fc3', kind: 'dense', output: [1000, 1, 1] });
    const small = await json('model', 'vgg-a', '--classes=10', '--input=32', '--width=0.25');
    expect(small).toMatchObject({ input: [3, 32, 32], classes: 10 });
    const set = await json('model', 'resnet-20', '--set=shortcut=B');
    expect(set.parameters).toBe(272_474);
  });

  it('model, before its first step', async () => {
    const deviations = async (start: string): Promise<readonly number[]> => {
      const { layers } = await json('model', 'vgg-b', '--classes=10', '--input=32', '--width=0.125', start);
      expect(layers).toHaveLength(13);
      return layers.map(({ deviation }: { deviation: number }) => deviation);
    };
    // He's rule keeps the signal; N(0, 0.01²) loses most of it in every layer.
    for (const deviation of await deviations('--probe=msra')) expect(deviation).toBeGreaterThan(0.1);
    const gaussian = await deviations('--probe=0.01');
    expect(gaussian.at(-1)).toBeLessThan(1e-6);
    expect(gaussian).toEqual(gaussian.toSorted((a, b) => b - a));
  });

  it('model, drawn', async () => {
    const { code, stdout } = await strata(['model', 'wrn-16-4', '--svg']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^<svg .*>[\s\S]*group3\.block2[\s\S]*<\/svg>\s*$/);
  });

  it('list', async () => {
    const { experiments } = await json('list');
    const depth = experiments.find((experiment: { name: string }) => experiment.name === 'vgg-depth');
    expect(depth).toMatchObject({ paper: 'vgg', table: 'vgg-table-3', profiles: { smoke: { runs: 6 } } });
    expect(depth.claims).toContain('vgg-depth-A-B');
    expect(depth.profiles.paper.seconds).toBeGreaterThan(depth.profiles.smoke.seconds);
  });

  it('plan of a data set that is not here', async () => {
    const paper = await json('plan', 'vgg-depth', '--profile=paper');
    expect(paper).toMatchObject({
      dataset: 'imagenet',
      note: expect.stringMatching(/no imagenet here/),
    });
    const d = paper.runs.find((run: { variant: string }) => run.variant === 'D');
    expect(d).toMatchObject({ parameters: 138_357_544, state: 'planned' });
    // One seed finds nothing.
    expect(paper.detectable).toHaveLength(6);
    expect(paper.detectable[0]).toMatchObject({ id: 'vgg-depth-A-B', pairs: 1, difference: null });
  });

  it('show', async () => {
    expect(await json('show', 'vgg-depth')).toMatchObject({ name: 'vgg-depth', variants: expect.any(Array) });
  });

  it('doctor', async () => {
    const { engines, datasets, machine } = await json('doctor');
    const wasm = engines.find((engine: { name: string }) => engine.name === 'wasm');
    expect(wasm).toMatchObject({ available: true, version: expect.any(String) });
    for (const { available, reason } of engines) expect(available ? 'there' : reason).not.toBe('');
    expect(datasets).toContainEqual({ name: 'shapes', found: true, where: 'generated' });
    expect(machine.cores).toBeGreaterThan(0);
  });

  it('data', async () => {
    expect((await json('data', 'list')).datasets.map((set: { name: string }) => set.name)).toContain(
      'cifar10',
    );
    expect(await json('data', 'check', 'shapes')).toMatchObject({
      test: { count: 10_000, perClass: expect.any(Object) },
    });
  });
});

describe('bench', () => {
  it('times a net in both placements and says how fast a convolution is', async () => {
    const document = await json('bench', '--nets=vgg-a/4', '--engine=onnx', '--rounds=1');
    expect(document.convGflops).toBeGreaterThan(0);
    const row = { net: 'vgg-a/4', batch: 128, engine: 'onnx', imagesPerSecond: expect.any(Number) };
    for (const measured of document.rows) expect(measured).toMatchObject(row);
    expect(document.rows.length).toBeGreaterThan(0);
  });
});

describe('a store from another machine', () => {
  it('is reported as it was run, where another engine or set would be taken here', async () => {
    const elsewhere = await temporaryFolder();
    const subset = ['--set=subset.train=64', '--set=subset.test=20'];
    const settings = ['alexnet-crops', '--profile=smoke', '--set=recipe.epochs=1', ...subset];
    const asked = [...settings, `--store=${elsewhere}`];
    await json('run', ...asked, '--dataset=shapes', '--engine=wasm');
    const { engine, states, command } = await json('report', ...asked);
    expect({ engine, states }).toMatchObject({ engine: 'wasm', states: { done: 1 } });
    // Another machine would have to be told.
    expect(command).toContain(' --dataset=shapes --engine=wasm');
    const other = await json('report', ...asked, '--engine=onnx');
    expect(other).toMatchObject({ engine: 'onnx', states: { done: 0, planned: 1 } });
    expect(other.command).toContain(' --dataset=shapes --engine=onnx');
  });
});

describe('a table, from plan to report', () => {
  const args = [...tiny, `--store=${store}`];

  it('is planned, run, found done, evaluated and reported', async () => {
    const before = await json('plan', 'vgg-depth', ...args, '--threads=auto');
    expect(before).toMatchObject({
      experiment: 'vgg-depth',
      profile: 'smoke',
      dataset: 'shapes',
      engine: 'wasm',
    });
    expect(before.runs).toMatchObject([{ variant: 'A', seed: 0, state: 'planned' }]);
    expect(before.seconds).toBeGreaterThan(0);
    expect(before.gpu.hours).toBeGreaterThan(0);
    expect(before.seconds).toBeCloseTo(before.runs[0].seconds);

    const first = await json('run', 'vgg-depth', ...args);
    expect(first).toMatchObject({ trained: 1, resumed: 0, reused: 0, failed: 0 });
    expect(first.runs).toMatchObject([{ id: before.runs[0].id, state: 'done', resumedFromStep: 0 }]);
    expect(first.runs[0].weightsSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(first.runs[0].top1Error).toBeGreaterThan(0);

    const second = await json('run', 'vgg-depth', ...args);
    expect(second).toMatchObject({ trained: 0, reused: 1, runs: first.runs });
    const after = await json('plan', 'vgg-depth', ...args);
    expect(after).toMatchObject({ seconds: 0, runs: [{ state: 'done' }] });
    expect((await json('evaluate', 'vgg-depth', ...args)).runs).toMatchObject([
      {
        state: 'done',
        evaluated: 0,
        evaluations: [
          { name: 'test', made: false },
          { name: 'train', made: false },
        ],
      },
    ]);

    const report = await json('report', 'vgg-depth', ...args);
    const row = report.rows.find((candidate: { variant: string }) => candidate.variant === 'A');
    expect(row).toMatchObject({ paper: 29.6, mean: first.runs[0].top1Error, interval: null, n: 1 });
    expect(report.claims[0]).toMatchObject({
      id: 'vgg-depth-A-B',
      verdict: 'not enough runs (0 of 8)',
      difference: null,
      interval: null,
      n: 0,
    });
    expect(report.files.csv).toHaveLength(6);
    expect(await readFile(report.files.html, 'utf8')).toMatch(/^<!doctype html>/i);
  });

  it('is timed beside its runs, and says how where nobody has', async () => {
    const asked = [...args, '--seeds=1'];
    expect((await json('report', 'vgg-depth', ...asked)).timings).toEqual([]);
    const timed = await json('time', 'vgg-depth', ...asked, '--rounds=2', '--threads=1');
    const row = { variant: 'A', base: 'A', batchSize: 32, n: 2, ratio: 1, interval: null };
    expect(timed).toMatchObject({ experiment: 'vgg-depth', profile: 'smoke', rows: [row] });
    expect(timed.rows[0].seconds).toBeGreaterThan(0);
    expect(timed.rows[0].device).toMatch(/, 1 thread, wasm /);
    expect((await json('report', 'vgg-depth', ...asked)).timings).toEqual(timed.rows);
  });

  it('is tested in other ways, each kept, and never trained for it', async () => {
    const ten = '{"kind":"ten-crop","scales":[36]}';
    const first = await json('evaluate', 'vgg-depth', ...args, '--protocol=dense', `--protocol=${ten}`);
    expect(first.runs).toMatchObject([
      {
        evaluated: 2,
        evaluations: [
          { name: 'dense', split: 'test', views: 2, made: true, count: 20 },
          { name: 'ten crops at 36', protocol: { kind: 'ten-crop', scales: [36] }, views: 10, made: true },
        ],
      },
    ]);
    const second = await json('evaluate', 'vgg-depth', ...args, '--protocol=dense');
    expect(second.runs[0]).toMatchObject({ evaluated: 0, evaluations: [{ made: false }] });
    expect(second.runs[0].evaluations[0].top1Error).toBe(first.runs[0].evaluations[0].top1Error);
    const train = await json('evaluate', 'vgg-depth', ...args, '--protocol=dense', '--split=train');
    expect(train.runs[0].evaluations).toMatchObject([{ split: 'train', count: 64 }]);
    const alone = await json('evaluate', 'vgg-depth', ...args, '--average=A');
    expect(alone).toMatchObject({
      runs: [],
      ensembles: [{ name: 'A', seeds: [0], evaluations: [{ name: 'test' }] }],
    });
    const { stdout } = await strata(['evaluate', 'vgg-depth', ...args, '--protocol=dense']);
    expect(stdout).toMatch(/A, seed 0, dense: \d+\.\d\d % top-1, .* of 20 test images \(tested before\)/);
  });

  it('is listed in the index with all that was run', async () => {
    const all = await json('report', `--store=${store}`);
    expect(all.reports).toMatchObject([{ experiment: 'vgg-depth', profile: 'smoke', dataset: 'shapes' }]);
    expect(await readFile(all.index, 'utf8')).toContain('vgg-depth/smoke-shapes-wasm/index.html');
  });

  it('is the same as itself in a comparison', async () => {
    const { pairs, onlyInA, onlyInB } = await json('compare', store, store);
    expect(pairs).toMatchObject([
      { pairedBy: 'id', name: 'vgg-depth smoke A, seed 0', sameWeights: true, configuration: [] },
    ]);
    expect([onlyInA, onlyInB]).toEqual([[], []]);
  });

  it.each([
    ['safetensors', ['model.safetensors']],
    ['onnx', ['model.onnx']],
    ['tfjs', ['model.json', 'weights.bin']],
  ])('is exported as %s, with a card that says how images are prepared', async (format, names) => {
    const { runs } = await json('plan', 'vgg-depth', ...args);
    const out = join(store, 'exports', format);
    const card = await json(
      'export',
      runs[0].id.slice(0, 8),
      `--format=${format}`,
      `--store=${store}`,
      `--out=${out}`,
    );
    expect(card.files).toEqual([...names, 'card.json'].map(name => join(out, name)));
    expect(card).toMatchObject({
      run: runs[0].id,
      classes: 10,
      preprocessing: { mean: [expect.any(Number), expect.any(Number), expect.any(Number)] },
    });
  });

  it('is exported with the mean of each pixel, where these were taken off', async () => {
    const own = await temporaryFolder();
    const small = [...tiny, '--set=recipe.normalisation={"kind":"mean-image"}', `--store=${own}`];
    await json('run', 'vgg-depth', ...small);
    const { runs } = await json('plan', 'vgg-depth', ...small);
    const { files, preprocessing } = await json('export', runs[0].id, '--format=onnx', `--store=${own}`);
    const file = files.find((name: string) => name.endsWith('preprocessing.safetensors'));
    const { state } = decodeSafetensors(await readFile(file), file);
    expect(state.get('mean')?.shape).toEqual([3, 32, 32]);
    expect(preprocessing.tensors).toMatch(/^preprocessing\.safetensors: mean/);
  });

  it('is exported with a word on what the card lacks, where the images are gone', async () => {
    const { runs } = await json('plan', 'vgg-depth', ...args);
    const run = runs[0].id;
    const gone = await temporaryFolder();
    await cp(store, gone, { recursive: true });
    const file = join(gone, 'runs', run, 'run.json');
    const { dataset, ...others } = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...others, dataset: { ...dataset, name: 'cifar10' } }));
    const { code, stderr } = await strata(['export', run, '--format=onnx', `--store=${gone}`]);
    expect(stderr).toMatch(/^card\.json lacks the mean .* cifar10 .* --data-dir\.\n$/);
    expect(code).toBe(0);
  });

  it('says in words that there is nothing to train', async () => {
    const { stdout, code } = await strata(['run', 'vgg-depth', ...args]);
    expect(stdout).toMatch(/Nothing to train: all 1 runs are in the store\./);
    expect(code).toBe(0);
  });

  it('takes relative paths from where the user stands', async () => {
    const { stdout, code } = await strata(['report', 'vgg-depth', ...tiny, '--store=.', '--out=pages'], {
      env: { INIT_CWD: store },
    });
    expect(code).toBe(0);
    expect(stdout).toContain(join(store, 'pages', 'vgg-depth'));
  });
});

describe('signals', () => {
  it('SIGTERM keeps what is done, says how to go on, exits with 3; the next call goes on from there', async () => {
    const folder = await temporaryFolder();
    const long = ['vgg-depth', ...tiny, '--set=recipe.epochs=40', `--store=${folder}`];
    let killed = false;
    const { code, stdout } = await strata(['run', ...long], {
      onOutput(output, kill) {
        if (!killed && output.includes('epoch 4/')) {
          killed = true;
          kill('SIGTERM');
        }
      },
    });
    expect(stdout).toMatch(/Stopped: 0 trained, 0 were there; the same command goes on\./);
    expect(code).toBe(3);
    expect((await json('plan', ...long)).runs).toMatchObject([{ state: 'planned' }]);
    const [stopped] = (await json('status', `--store=${folder}`)).runs;
    expect(stopped).toMatchObject({ model: 'vgg-a', seed: 0, state: 'planned', steps: 80 });
    expect(stopped.step).toBeGreaterThan(0);

    const resumed = await json('run', ...long);
    expect(resumed).toMatchObject({
      trained: 1,
      resumed: 1,
      reused: 0,
      failed: 0,
      runs: [{ state: 'done' }],
    });
    expect(resumed.runs[0].resumedFromStep).toBeGreaterThanOrEqual(8);
    const whole = await json('run', ...long.slice(0, -1), '--executor=in-process', `--store=${folder}/whole`);
    expect(whole.runs[0]).toMatchObject({ resumedFromStep: 0, weightsSha256: resumed.runs[0].weightsSha256 });
  });

  it('a second one leaves at once, and nothing behind', async () => {
    const folder = await temporaryFolder();
    const long = ['vgg-depth', ...tiny, '--set=recipe.epochs=500', `--store=${folder}`];
    let sent = 0;
    const { code } = await strata(['run', ...long], {
      onOutput(output, kill) {
        if (sent === 0 && output.includes('epoch 1/')) {
          sent = 1;
          kill('SIGINT');
          kill('SIGTERM');
        }
      },
    });
    expect(code).toBe(3);
    const [{ state, reason }] = (await json('status', `--store=${folder}`)).runs;
    expect(state).toBe('planned');
    expect(reason === null || reason === 'its process is gone').toBe(true);
  });
});

describe('cleaning', () => {
  it('removes what is left over, and finished runs only when they are named', async () => {
    const folder = await temporaryFolder();
    const args = [...tiny, `--store=${folder}`];
    const { runs } = await json('run', 'vgg-depth', ...args);
    const [{ id }] = runs;
    await mkdir(join(folder, 'runs', 'begun'), { recursive: true });
    await writeFile(join(folder, 'runs', 'begun', 'run.json'), '{}');
    await writeFile(join(folder, 'runs', id, 'x.tmp'), '');
    const kinds = async (...more: readonly string[]) =>
      (await json('clean', `--store=${folder}`, ...more)).removed
        .map(({ kind }: { kind: string }) => kind)
        .sort();
    expect(await kinds('--dry-run')).toEqual(['abandoned', 'temporary']);
    expect(await kinds()).toEqual(['abandoned', 'temporary']);
    expect(await kinds()).toEqual([]);
    expect((await json('run', 'vgg-depth', ...args)).reused).toBe(1);
    expect(await kinds(`--done=${id.slice(0, 6)}`)).toEqual(['done', 'done', 'done']);
    expect((await json('status', `--store=${folder}`)).runs).toEqual([]);
  });
});
