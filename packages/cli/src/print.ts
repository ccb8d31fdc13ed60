/** The one JSON document of a verb. */
export function printJson(document: unknown): void {
  console.log(JSON.stringify(document, null, 2));
}

/** A plain table: columns as wide as their widest cell; those listed in `right` are set flush right. */
export function formatTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map(row => (row[i] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, i) =>
        right.includes(i) ? (cells[i] ?? '').padStart(width) : (cells[i] ?? '').padEnd(width),
      )
      .join('  ')
      .trimEnd();
  return [line(header), widths.map(width => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

/** `1,234,567`. */
export function formatCount(n: number): string {
  return n.toLocaleString('en-US');
}

/** `8 s`, `12 min`, `3.4 h`, `21 days`: as exact as an estimate can be. */
export function formatDuration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${(seconds / 3600).toFixed(1)} h`;
  return `${formatCount(Math.round(seconds / 86_400))} days`;
}

/** `1.234`; `nan` for what is no number, null in JSON. */
export function formatNumber(value: number | null, digits: number): string {
  return value === null || !Number.isFinite(value) ? 'nan' : value.toFixed(digits);
}

/** `1.5 GB`. */
export function formatBytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
