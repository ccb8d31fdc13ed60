/** Files that stand beside a page, CSV files apart. */
export const besidePage = { markdown: 'table.md', document: 'report.json' } as const;
