import { messageOf, UsageError, unknownName } from '@strata/core/errors';
import yargs, { type Argv } from 'yargs';
import { hideBin } from 'yargs/helpers';
import { type OptionName, type OptionValues, options } from './options.js';
import { EXIT, type ExitCode, type Verb } from './verb.js';
import { loadVerbs, verbs } from './verbs/index.js';

const USAGE = 'Usage: strata <verb> [options]';

function usageOf({ name, positionals }: Verb): string {
  return [name, ...positionals.map(p => (p.optional ? `[${p.name}]` : `<${p.name}>`))].join(' ');
}

function optionsOf(verb: Verb): Record<string, (typeof options)[OptionName] & { requiresArg?: boolean }> {
  return Object.fromEntries(
    verb.options.map(name => [name, { ...options[name], requiresArg: options[name].type !== 'boolean' }]),
  );
}

/** `--threads=auto` is to leave it out: numbers are checked to be numbers. */
function withoutAuto(args: readonly string[]): readonly string[] {
  return args.filter(
    (arg, i) =>
      arg !== '--threads=auto' &&
      !(arg === '--threads' && args[i + 1] === 'auto') &&
      !(arg === 'auto' && args[i - 1] === '--threads'),
  );
}

const COUNTS: readonly OptionName[] = ['threads', 'rounds', 'classes', 'members', 'port'];

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}

/** yargs would take a wrong option for any name; the nearest right one is more help. */
function checkOptions(verb: Verb, given: Readonly<Record<string, unknown>>): void {
  const known = [...verb.options.map(name => `--${name}`), '--help'];
  for (const key of Object.keys(given)) {
    if (key === '_' || key === '$0' || verb.positionals.some(p => p.name === key)) continue;
    const name = key.length === 1 ? `-${key}` : `--${key}`;
    if (!known.includes(name)) throw unknownName(`option of strata ${verb.name}`, name, known);
  }
  for (const name of verb.options) {
    if (options[name].type === 'number' && Number.isNaN(given[name])) {
      throw new UsageError(`--${name}: expected a number.`);
    }
    if (COUNTS.includes(name) && given[name] !== undefined && !isCount(given[name])) {
      throw new UsageError(`--${name}=${given[name]}: expected a whole number above 0.`);
    }
    if (name === 'retries' && given[name] !== undefined && !isCount((given[name] as number) + 1)) {
      throw new UsageError(`--retries=${given[name]}: expected a whole number of at least 0.`);
    }
    if (given[name] === '') throw new UsageError(`--${name}: expected a value, not nothing.`);
    if (Array.isArray(given[name]) && !('array' in options[name])) {
      throw new UsageError(`--${name} is given more than once; give it once.`);
    }
  }
}

function withVerb(parser: Argv, verb: Verb, finish: (code: ExitCode) => void): Argv {
  const build = (command: Argv): Argv => {
    for (const { name, describe } of verb.positionals) command.positional(name, { describe, type: 'string' });
    return command
      .options(optionsOf(verb))
      .usage(`Usage: strata ${usageOf(verb)} [options]\n\n${verb.describe}`);
  };
  return parser.command(usageOf(verb), verb.describe, build, async given => {
    checkOptions(verb, given);
    const extra = (given._ as (string | number)[]).slice(1);
    if (extra.length > 0)
      throw new UsageError(`strata ${verb.name} takes no further word: "${extra.join(' ')}".`);
    const positionals = verb.positionals.flatMap(({ name }) =>
      given[name] === undefined ? [] : [String(given[name])],
    );
    // yargs has parsed each option by the table that OptionValues is made from.
    finish(await verb.run(positionals, given as unknown as OptionValues<OptionName>));
  });
}

/** Runs the command line and says with which code to exit. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const [first] = args;
  const loaded = await loadVerbs(first);
  let parser = yargs()
    .scriptName('strata')
    .usage(`${USAGE}\n\nReproduces the ablation tables of the classic convolutional-network papers.`)
    .parserConfiguration({
      'camel-case-expansion': false,
      'short-option-groups': false,
      'greedy-arrays': false,
    })
    .help('help')
    .version(false)
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .exitProcess(false)
    .fail((message, error) => {
      // yargs throws its own errors for what the user gave; those of the verbs pass as they are.
      if (error && error.name !== 'YError') throw error;
      const [said = ''] = (message ?? error.message).split('\n');
      const asked = loaded.find(({ name }) => name === first);
      if (asked && said.startsWith('Not enough non-option'))
        throw new UsageError(`Too few words: expected strata ${usageOf(asked)}.`);
      throw new UsageError(`${said} (see: strata help)`);
    });
  for (const verb of loaded) {
    parser = withVerb(parser, verb, result => {
      code = result;
    });
  }
  if (first === undefined || first === 'help') {
    console.log(await parser.getHelp());
    return code;
  }
  try {
    const names = verbs.map(verb => verb.name);
    if (!first.startsWith('-') && !names.includes(first)) throw unknownName('verb', first, names);
    await parser.parseAsync(withoutAuto(args));
    return code;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`strata: ${error.message}`);
    return EXIT.usage;
  }
}

try {
  process.exitCode = await main(hideBin(process.argv));
} catch (error) {
  console.error(
    process.env.STRATA_DEBUG ? error : `strata: ${messageOf(error)} (STRATA_DEBUG=1 shows where)`,
  );
  process.exitCode = EXIT.failed;
}
