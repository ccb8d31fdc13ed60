import { closest, distance } from 'fastest-levenshtein';

/** A mistake in what the user gave: its message is one line saying what, where, and how to mend it. Exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** The error for a name that is not in a registry: it offers the nearest known one, and lists them when they are few. */
export function unknownName(what: string, given: string, known: readonly string[]): UsageError {
  const nearest = known.length > 0 ? closest(given, [...known]) : undefined;
  const isNear = nearest !== undefined && distance(given, nearest) <= Math.max(2, given.length / 2);
  const hint = isNear ? ` Did you mean "${nearest}"?` : '';
  const list = known.length <= 12 ? ` Known: ${known.join(', ')}.` : '';
  return new UsageError(`Unknown ${what} "${given}".${hint}${list}`);
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The system's code of an error (`ENOENT`, `EACCES` …), if it has one. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
