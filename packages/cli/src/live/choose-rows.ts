import { isActive, isOver, type RunRow } from './run-row.js';

/** What a line of the table says: how a run stands, or how many more there are. */
export type ChosenLine = { readonly row: RunRow } | { readonly more: readonly RunRow[] };

/**
 * Takes of many runs those that matter most now, for so many lines: all that are worked on, then the last that ended
 * (failures first) and the next that wait. What is left out of a kind is a line of its own where there is room for one.
 */
export function chooseRows(rows: readonly RunRow[], lines: number): readonly ChosenLine[] {
  const over = rows.filter(isOver).toSorted((a, b) => a.changed - b.changed);
  const active = rows.filter(isActive);
  const waiting = rows.filter(row => !isOver(row) && !isActive(row));
  const rest = Math.max(0, lines - active.length);
  const waitingLines = Math.min(waiting.length, Math.max(rest - over.length, Math.floor(rest / 2)));
  return [...lastOver(over, rest - waitingLines), ...first(active, lines), ...first(waiting, waitingLines)];
}

function first(rows: readonly RunRow[], lines: number): readonly ChosenLine[] {
  if (rows.length <= lines) return rows.map(row => ({ row }));
  const shown = Math.max(0, lines - 1);
  return [...rows.slice(0, shown).map(row => ({ row })), { more: rows.slice(shown) }].slice(0, lines);
}

function lastOver(over: readonly RunRow[], lines: number): readonly ChosenLine[] {
  if (over.length <= lines) return over.map(row => ({ row }));
  const count = Math.max(0, lines - 1);
  const failures = last(over, count > 1 ? Math.ceil(count / 2) : count, ({ state }) => state === 'failed');
  const others = last(over, count - failures.length, ({ state }) => state !== 'failed');
  const shown = over.filter(row => failures.includes(row) || others.includes(row));
  const more = over.filter(row => !shown.includes(row));
  return [{ more }, ...shown.map(row => ({ row }))].slice(0, lines);
}

function last(rows: readonly RunRow[], count: number, isWanted: (row: RunRow) => boolean): readonly RunRow[] {
  const wanted = rows.filter(isWanted);
  return wanted.slice(wanted.length - Math.min(count, wanted.length));
}
