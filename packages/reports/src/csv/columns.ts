/** A cell: null is written as an empty field. */
export type Cell = string | number | null;

/** One column of a CSV file, with all that is known of it. */
export interface Column<Row> {
  readonly name: string;
  /** Unit or form, and meaning: one line. */
  readonly description: string;
  value(row: Row): Cell;
}
