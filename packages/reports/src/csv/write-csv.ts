import type { ExperimentResults } from '@strata/experiments/collect';
import { stringify } from 'csv-stringify/sync';
import type { Column } from './columns.js';
import { runColumns, runRows } from './run-columns.js';
import { variantColumns, variantRows } from './variant-columns.js';

/** Numbers in full precision; text that a spreadsheet would take for a formula gets an apostrophe in front. */
export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const records = rows.map(row => columns.map(column => column.value(row)));
  return stringify([columns.map(column => column.name), ...records], { escape_formulas: true });
}

export function runsCsv(results: ExperimentResults): string {
  return csvOf(runColumns, runRows(results));
}

export function variantsCsv(results: ExperimentResults): string {
  return csvOf(variantColumns, variantRows(results));
}
