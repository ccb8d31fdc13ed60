// Infers one Nx target for each experiment of the catalog: `nx run experiments:vgg-depth`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const CATALOG = 'packages/experiments/src/catalog/*/*.ts';
const PROJECT = 'packages/experiments';
// The catalog is TypeScript, and the graph is needed before anything is built: the name is read from the constant's
// first line. A test holds what is found here against the catalog itself.
const DEFINITION = /: Experiment = \{\s*name: '([a-z0-9-]+)'/g;

/** @param {string} source */
export function experimentNamesIn(source) {
  return [...source.matchAll(DEFINITION)].map(match => match[1]);
}

/** @param {string} name */
function target(name) {
  return {
    // The launcher builds what is stale: as a task of its own, building would make Nx hide the training's output.
    command: `node packages/cli/bin/strata.mjs run ${name}`,
    options: { cwd: '{workspaceRoot}' },
    // The store of results is the cache: what is trained is not trained again.
    cache: false,
    metadata: { description: `Plan, run and report the experiment ${name}` },
  };
}

/** @type {import('nx/src/project-graph/plugins').CreateNodes} */
export const createNodes = [
  CATALOG,
  async (files, _options, { workspaceRoot }) =>
    [...files].sort().map(file => {
      const names = experimentNamesIn(readFileSync(join(workspaceRoot, file), 'utf8'));
      const targets = Object.fromEntries(names.map(name => [name, target(name)]));
      return [file, { projects: { [PROJECT]: { root: PROJECT, targets } } }];
    }),
];
