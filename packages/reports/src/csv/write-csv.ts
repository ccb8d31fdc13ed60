import type { ExperimentResults } from '@strata/experiments/collect';
import { stringify } from 'csv-stringify/sync';
import { claimColumns, claimLines } from './claim-columns.js';
import type { Column } from './columns.js';
import { curveColumns, curveRows } from './curve-columns.js';
import { evaluationColumns, evaluationLines } from './evaluation-columns.js';
import { runColumns, runRows } from './run-columns.js';
import { turnColumns, turnRows } from './timing-columns.js';
import { variantColumns, variantRows } from './variant-columns.js';

/** Numbers in full precision; text that a spreadsheet would take for a formula gets an apostrophe in front. */
export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const records = rows.map(row => columns.map(column => column.value(row)));
  return stringify([columns.map(column => column.name), ...records], { escape_formulas: true });
}

/** A file beside the page. */
export interface CsvFile {
  readonly name: string;
  /** What one row is. */
  readonly row: string;
  readonly columns: readonly { readonly name: string; readonly description: string }[];
  write(results: ExperimentResults): string;
}

function csvFile<Row>(
  name: string,
  row: string,
  columns: readonly Column<Row>[],
  rowsOf: (results: ExperimentResults) => readonly Row[],
): CsvFile {
  return { name, row, columns, write: results => csvOf(columns, rowsOf(results)) };
}

/** All of them, with what their columns mean. */
export const csvFiles: readonly CsvFile[] = [
  csvFile('runs.csv', 'one row a run', runColumns, runRows),
  csvFile('variants.csv', 'one row a variant', variantColumns, variantRows),
  csvFile('claims.csv', 'one row a claim', claimColumns, claimLines),
  csvFile(
    'evaluations.csv',
    'one row an evaluation of a network, or of several together',
    evaluationColumns,
    evaluationLines,
  ),
  csvFile('curves.csv', 'one row an epoch of a run', curveColumns, curveRows),
  csvFile('timings.csv', 'one row a timed turn of training steps', turnColumns, turnRows),
];
