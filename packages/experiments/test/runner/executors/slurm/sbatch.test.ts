import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '@strata/core/errors';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import {
  batchScript,
  sbatchArguments,
  shellQuote,
  submittedJob,
} from '../../../../src/runner/executors/slurm/sbatch.js';

describe('the arguments of sbatch', () => {
  it('ask for one array that is requeued and warned of its time limit', () => {
    expect(sbatchArguments('strata-vgg-1', 18, { atATime: 4, gres: 'gpu:1', timeLimit: '4:00:00' })).toEqual([
      '--parsable',
      '--job-name=strata-vgg-1',
      '--array=0-17%4',
      '--nodes=1',
      '--ntasks=1',
      '--requeue',
      '--signal=B:USR2@60',
      '--output=/dev/null',
      '--gres=gpu:1',
      '--time=4:00:00',
    ]);
    const rest = sbatchArguments('a', 1, {
      partition: 'p',
      account: 'me',
      cpus: 2,
      extra: ['mem=8G', 'exclusive'],
    });
    expect(rest).toContain('--array=0-0');
    expect(rest.slice(-5)).toEqual([
      '--partition=p',
      '--account=me',
      '--cpus-per-task=2',
      '--mem=8G',
      '--exclusive',
    ]);
  });

  it.each([
    ['--mem=8G', /without its dashes/],
    ['mem 8G', /without its dashes/],
    ['array=0-3', /array is set by strata/],
    ['wrap=rm', /wrap is set by strata/],
  ])('refuse the extra option %s', (option, message) => {
    expect(() => sbatchArguments('a', 1, { extra: [option] })).toThrow(UsageError);
    expect(() => sbatchArguments('a', 1, { extra: [option] })).toThrow(message);
  });

  it('give a number back, with or without a cluster', () => {
    expect(submittedJob('12\n')).toBe('12');
    expect(submittedJob('12;north\n')).toBe('12');
    expect(submittedJob('sbatch: a word of advice\n13\n')).toBe('13');
    expect(submittedJob('no')).toBeUndefined();
  });
});

describe('the script', () => {
  const folder = mkdtempSync(join(tmpdir(), 'strata-script-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const text = fc.string({ unit: 'binary' }).map(any => any.replaceAll('\0', ''));

  it('holds any text as one word of the shell', () => {
    const texts = fc.sample(text, 200).map(any => Buffer.from(any).toString());
    const script = `printf '%s\\0' ${texts.map(shellQuote).join(' ')}`;
    const { stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
    expect(stdout.split('\0').slice(0, -1)).toEqual(texts);
  });

  it('becomes the job process, with its number and its output, whatever the store is called', () => {
    const store = mkdtempSync(join(folder, `a 'store' $(touch injected) %a "\n`));
    const job = join(store, 'job.mjs');
    writeFileSync(job, 'console.error(JSON.stringify([process.ppid, ...process.argv.slice(2)]))');
    const script = batchScript({ command: [process.execPath, job, store], output: [`${store}/`, '.txt'] });
    const env = { ...process.env, SLURM_ARRAY_TASK_ID: '7' };
    const { status } = spawnSync('sh', { cwd: folder, env, input: script });
    expect(status).toBe(0);
    // No shell stays between Slurm and the process: signals reach it.
    expect(JSON.parse(readFileSync(`${store}/7.txt`, 'utf8'))).toEqual([process.pid, store, '7']);
    expect(readdirSync(folder)).not.toContain('injected');
  });
});
