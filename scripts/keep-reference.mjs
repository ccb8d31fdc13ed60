// Copies finished tables from a store's pages into results/reference/, which git keeps: JSON and CSV, no weights. Then lists
// all that is kept, with every verdict, in results/reference/README.md.
//
//   node scripts/keep-reference.mjs results/reports/vgg-depth/quick-cifar10-onnx [...]
//
// A table with runs that are not done yet, or have failed, is refused.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const REFERENCE = fileURLToPath(new URL('../results/reference/', import.meta.url));
const INDEX = join(REFERENCE, 'README.md');
const MARK = '<!-- The rest is written by scripts/keep-reference.mjs. -->';

function reportIn(folder) {
  return JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
}

function keep(folder) {
  const { planned, running, failed } = reportIn(folder).states;
  if (planned + running + failed > 0) {
    throw new Error(
      `${folder}: ${planned} runs planned, ${running} running, ${failed} failed; run the experiment to its end first`,
    );
  }
  const to = join(REFERENCE, basename(dirname(folder)), basename(folder));
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  const kept = readdirSync(folder).filter(name => /\.(csv|json|md)$/.test(name));
  for (const name of kept) copyFileSync(join(folder, name), join(to, name));
}

function kept() {
  return readdirSync(REFERENCE, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(REFERENCE, name)).map(size => `${name}/${size}`))
    .sort();
}

/** Machine, version and dates of a table, from the provenance of its runs. */
function origin(folder) {
  const [header, ...rows] = readFileSync(join(folder, 'runs.csv'), 'utf8')
    .trim()
    .split('\n')
    .map(line => line.match(/("([^"]|"")*"|[^,]*)(,|$)/g).map(cell => cell.replace(/,$/, '')));
  const every = column =>
    [...new Set(rows.map(row => row[header.indexOf(column)] ?? ''))].filter(Boolean).sort();
  const days = [...new Set(every('finished').map(time => time.slice(0, 10)))];
  return `${every('cpu').join(', ')}, ${days.join(' and ')}`;
}

function section(path) {
  const folder = join(REFERENCE, path);
  const { command, note, claims, states } = reportIn(folder);
  const diverged = states.diverged > 0 ? `, ${states.diverged} diverged` : '';
  return [
    `## [${path}](${path}/table.md)`,
    '',
    `\`${command}\` (${states.done} runs done${diverged}; ${origin(folder)})${note ? `\n\n${note}` : ''}`,
    '',
    ...claims.map(({ id, statement, verdict, proxy }) => {
      return `- **${verdict}**${proxy ? ' (proxy)' : ''}: ${statement} \`${id}\``;
    }),
    '',
  ].join('\n');
}

try {
  for (const folder of process.argv.slice(2)) keep(resolve(folder));
  const words = readFileSync(INDEX, 'utf8').split(MARK)[0].trimEnd();
  writeFileSync(INDEX, `${words}\n\n${MARK}\n\n${kept().map(section).join('\n')}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
