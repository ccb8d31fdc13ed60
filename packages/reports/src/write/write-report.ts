import { join } from 'node:path';
import { messageOf, systemCode, UsageError } from '@strata/core/errors';
import type { ExperimentResults } from '@strata/experiments/collect';
import { writeAtomically } from '@strata/experiments/store';
import { csvFiles, runsCsv, variantsCsv } from '../csv/index.js';
import { renderExperimentPage } from '../html/index.js';
import { pageFile, reportFolder, resultsIdentity } from './names.js';

/** Paths of the files that were written. */
export interface WrittenReport {
  readonly html: string;
  readonly csv: readonly string[];
}

/**
 * Writes page and CSV files into a folder of their own below `out`; the page last, so that its links lead somewhere.
 * @throws UsageError where that cannot be written.
 */
export async function writeReport(results: ExperimentResults, out: string): Promise<WrittenReport> {
  const page = await renderExperimentPage(results, resultsIdentity(results));
  try {
    const folder = await reportFolder(results, out);
    const html = join(folder, pageFile);
    const runs = join(folder, csvFiles.runs);
    const variants = join(folder, csvFiles.variants);
    await writeAtomically(runs, runsCsv(results));
    await writeAtomically(variants, variantsCsv(results));
    await writeAtomically(html, page);
    return { html, csv: [runs, variants] };
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    throw new UsageError(
      `Cannot write the report below ${out}: ${messageOf(error)}; use --out with a folder that can be written.`,
    );
  }
}
