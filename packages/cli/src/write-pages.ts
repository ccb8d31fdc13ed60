import { type DataSet, openDataSet } from '@strata/core/data';
import { UsageError } from '@strata/core/errors';
import { collectExhibits, collectResults, type ExperimentResults } from '@strata/experiments/collect';
import { imagesNeeded, type Plan, type PlanRecord, readPlanRecords } from '@strata/experiments/plan';
import { reportDocument } from '@strata/reports/summary';
import { type WrittenReport, writeIndex, writeReport } from '@strata/reports/write';
import { fromUser } from './paths.js';

export interface PageFiles extends WrittenReport {
  /** The page of all pages. */
  readonly index: string;
}

/** Writes the page of one plan's results, its tables, and the index again. */
export async function writePages(
  store: string,
  results: ExperimentResults,
  data: DataSet | null,
  out: string,
): Promise<PageFiles> {
  const files = await writeReport(results, out, await collectExhibits(store, results, data));
  return { ...files, index: await writeIndex(out) };
}

export interface AllPages {
  readonly index: string;
  readonly reports: readonly object[];
}

/** Writes the page of every plan that was run on a store, and the index of them. */
export async function writeAllPages(
  store: string,
  out: string,
  dataDir: string | undefined,
): Promise<AllPages> {
  const reports: object[] = [];
  for (const record of await readPlanRecords(store)) {
    const { results, data } = await collectRecord(store, record, dataDir);
    const files = await writeReport(results, out, await collectExhibits(store, results, data));
    reports.push({ ...reportDocument(results), files });
  }
  return { index: await writeIndex(out), reports };
}

async function collectRecord(store: string, { plan, command }: PlanRecord, dataDir: string | undefined) {
  const results = await collectResults(store, plan, command);
  return { results, data: await dataIfHere(plan, dataDir) };
}

/** A page does without the pictures when their set is gone. */
export async function dataIfHere(
  { data, profile }: Plan,
  dataDir: string | undefined,
): Promise<DataSet | null> {
  try {
    const { dataSet } = await openDataSet(data.name, {
      ...imagesNeeded(profile, profile.recipe),
      ...(dataDir !== undefined && { dataDir: fromUser(dataDir) }),
    });
    return dataSet;
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}
