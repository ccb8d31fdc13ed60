import { dirname, join, relative, sep } from 'node:path';
import { messageOf, systemCode, UsageError } from '@strata/core/errors';
import type { Exhibits, ExperimentResults } from '@strata/experiments/collect';
import { writeAtomically } from '@strata/experiments/store';
import { csvFiles } from '../csv/index.js';
import { besidePage, renderExperimentPage } from '../html/index.js';
import { markdownTable, reportDocument } from '../summary/index.js';
import { indexFile, pageFile, reportFolder, resultsIdentity } from './names.js';

/** Paths of the files that were written. */
export interface WrittenReport {
  readonly html: string;
  readonly csv: readonly string[];
  readonly markdown: string;
  readonly json: string;
}

/**
 * Writes page, tables and document into a folder of their own below `out`; the page last, so that its links lead
 * somewhere.
 * @throws UsageError where that cannot be written.
 */
export async function writeReport(
  results: ExperimentResults,
  out: string,
  exhibits?: Exhibits,
): Promise<WrittenReport> {
  return writingBelow(out, async () => {
    const folder = await reportFolder(results, out);
    const html = join(folder, pageFile);
    const page = await renderExperimentPage({
      results,
      ...(exhibits && { exhibits }),
      identity: resultsIdentity(results),
      indexAddress: relative(dirname(html), join(out, indexFile)).split(sep).join('/'),
    });
    const csv = csvFiles.map(({ name }) => join(folder, name));
    for (const [i, file] of csvFiles.entries()) await writeAtomically(csv[i] ?? '', file.write(results));
    const markdown = join(folder, besidePage.markdown);
    await writeAtomically(markdown, markdownTable(results));
    const json = join(folder, besidePage.document);
    await writeAtomically(json, `${JSON.stringify(reportDocument(results), null, 2)}\n`);
    await writeAtomically(html, page);
    return { html, csv, markdown, json };
  });
}

/** Turns what the disk refuses into one line that names the folder. */
export async function writingBelow<T>(out: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    throw new UsageError(
      `Cannot write the report below ${out}: ${messageOf(error)}; use --out with a folder that can be written.`,
    );
  }
}
