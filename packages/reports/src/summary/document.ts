import type { ExperimentResults } from '@strata/experiments/collect';
import { z } from 'zod';
import { judgeClaims, type Verdict } from '../verdicts/index.js';
import { countStates, type SummaryRow, summaryRows } from './rows.js';
import { type TimingRow, timingRows } from './timings.js';

/** What `strata report --json` prints. Errors in percent, unrounded; null is missing. */
export interface ReportDocument {
  readonly experiment: string;
  readonly profile: string;
  readonly dataset: string;
  readonly note: string | null;
  readonly engine: string;
  readonly command: string;
  readonly states: ReturnType<typeof countStates>;
  readonly claims: readonly Verdict[];
  readonly rows: readonly SummaryRow[];
  /** Training steps measured alone; none where nobody has. */
  readonly timings: readonly TimingRow[];
}

export function reportDocument(results: ExperimentResults): ReportDocument {
  const { experiment, profileName, dataset, engine, command, variants } = results;
  return {
    experiment: experiment.name,
    profile: profileName,
    dataset: dataset.name,
    note: dataset.note,
    engine,
    command,
    states: countStates(variants.flatMap(variant => variant.runs)),
    claims: judgeClaims(results),
    rows: summaryRows(results),
    timings: timingRows(results),
  };
}

const briefSchema = z.object({
  experiment: z.string(),
  profile: z.string(),
  dataset: z.string(),
  note: z.string().nullable(),
  engine: z.string(),
  states: z.object({
    planned: z.number(),
    running: z.number(),
    done: z.number(),
    failed: z.number(),
    diverged: z.number(),
  }),
  claims: z.array(
    z.object({ id: z.string(), word: z.string(), verdict: z.string(), proxy: z.string().nullable() }),
  ),
});

/** What an index needs of a report. */
export type ReportBrief = z.infer<typeof briefSchema>;

/** Of a document as kept on disk, by this version or another; undefined where it is none. */
export function parseReportBrief(text: string): ReportBrief | undefined {
  try {
    return briefSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
