import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** The papers whose numbers and claims are kept here. */
export const paperIds = [
  'lenet5',
  'alexnet',
  'nin',
  'vgg',
  'googlenet',
  'resnet',
  'wrn',
  'course_notes',
] as const;
export type PaperId = (typeof paperIds)[number];

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const cell = z.union([value, z.array(value)]);

const tableSchema = z.object({
  id: z.string(),
  title: z.string(),
  units: z.record(z.string(), z.string()).optional(),
  rows: z.array(z.record(z.string(), cell)),
  source: z.string(),
});

const claimSchema = z.object({
  id: z.string(),
  statement: z.string(),
  evidence: z.string(),
  direction: z.string().optional(),
  size: z.string().optional(),
  testable: z.string(),
});

const paperSchema = z.object({
  paper: z.object({ title: z.string(), authors: z.array(z.string()), year: z.number(), arxiv: z.string().nullish() }),
  tables: z.array(tableSchema),
  claims: z.array(claimSchema),
});

export type Paper = z.infer<typeof paperSchema>;
export type PaperTable = z.infer<typeof tableSchema>;
export type PaperClaim = z.infer<typeof claimSchema>;

const read = new Map<PaperId, Paper>();

/** The paper's tables and claims, as published. */
export function paperOf(id: PaperId): Paper {
  const known = read.get(id);
  if (known) return known;
  const file = new URL(`../../papers/${id}.json`, import.meta.url);
  const paper = paperSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  read.set(id, paper);
  return paper;
}

export function tableOf(id: PaperId, table: string): PaperTable {
  const found = paperOf(id).tables.find(candidate => candidate.id === table);
  if (!found) throw new RangeError(`${id}.json has no table "${table}".`);
  return found;
}

/** The one row of a table whose cells equal the given ones. */
export function rowOf(
  table: PaperTable,
  cells: Readonly<Record<string, string | number | boolean>>,
): PaperTable['rows'][number] {
  const rows = table.rows.filter(row => Object.entries(cells).every(([column, value]) => row[column] === value));
  const [row] = rows;
  if (rows.length !== 1 || !row) {
    throw new RangeError(`${table.id} has ${rows.length} rows with ${JSON.stringify(cells)}; expected one.`);
  }
  return row;
}

/** A claim by its id, which no other paper uses. */
export function claimOf(claim: string): PaperClaim {
  const found = publishedClaim(claim);
  if (!found) throw new RangeError(`No paper's file has a claim "${claim}".`);
  return found;
}

/** Whether a claim is a paper's; else it is a user's own. */
export function isPublished(claim: string): boolean {
  return publishedClaim(claim) !== undefined;
}

function publishedClaim(claim: string): PaperClaim | undefined {
  return paperIds.flatMap(id => paperOf(id).claims).find(({ id }) => id === claim);
}
