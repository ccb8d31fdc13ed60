import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '@strata/core/errors';
import { writeAtomically } from '@strata/experiments/store';
import { besidePage, type IndexedReport, renderIndexPage } from '../html/index.js';
import { parseReportBrief } from '../summary/index.js';
import { indexFile, pageFile } from './names.js';
import { writingBelow } from './write-report.js';

/**
 * Writes the index of every page below `out` beside them, and returns its path.
 * @throws UsageError where that cannot be written.
 */
export async function writeIndex(out: string): Promise<string> {
  return writingBelow(out, async () => {
    const file = join(out, indexFile);
    await writeAtomically(file, renderIndexPage(await writtenReports(out)));
    return file;
  });
}

/** Every page below `out` that has its document beside it, in order of its folder. */
export async function writtenReports(out: string): Promise<readonly IndexedReport[]> {
  const reports: IndexedReport[] = [];
  for (const experiment of await foldersIn(out)) {
    for (const folder of await foldersIn(join(out, experiment))) {
      const text = await textOf(join(out, experiment, folder, besidePage.document));
      const brief = text === undefined ? undefined : parseReportBrief(text);
      const address = [experiment, folder, pageFile].map(encodeURIComponent).join('/');
      if (brief) reports.push({ address, brief });
    }
  }
  return reports;
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter(entry => entry.isDirectory())
      .map(entry => entry.name)
      .sort();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
