import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '@strata/core/errors';
import type { ExperimentResults } from '@strata/experiments/collect';
import { planIdentity } from '@strata/experiments/plan';

/** The only module that knows how the reports' folders are named. */

export const pageFile = 'index.html';
/** The page of all pages, in the reports' folder itself. */
export const indexFile = 'index.html';

/** What may share a page: the same settings on the same data by the same engine. More seeds only make it fuller. */
export function resultsIdentity({ dataset, ...settings }: ExperimentResults): string {
  return planIdentity({ ...settings, data: dataset });
}

/**
 * `<out>/vgg-depth/smoke-shapes-wasm`. Where a page of other results has that name already (changed settings, another
 * version of the data), the start of the identity's hash is added: no page is lost to another one.
 */
export async function reportFolder(results: ExperimentResults, out: string): Promise<string> {
  const { experiment, profileName, dataset, engine } = results;
  const folder = join(out, fileName(experiment.name), fileName(`${profileName}-${dataset.name}-${engine}`));
  const identity = resultsIdentity(results);
  const holder = await identityOfPage(join(folder, pageFile));
  return holder === null || holder === identity ? folder : `${folder}-${identity.slice(0, 8)}`;
}

/** Null where there is no page; empty where a page says nothing of its results. */
async function identityOfPage(file: string): Promise<string | null> {
  try {
    const page = await readFile(file, 'utf8');
    return /<meta name="strata-results" content="([0-9a-f]*)">/.exec(page)?.[1] ?? '';
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

const LONGEST = 80;

/** Letters, digits, dots, dashes and underscores only, and no dot in front. */
function fileName(text: string): string {
  const safe = text.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '');
  return safe.slice(0, LONGEST) || 'unnamed';
}
