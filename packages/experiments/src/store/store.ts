import { appendFile, mkdir, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { State } from '@strata/core/engine';
import { messageOf, systemCode, UsageError } from '@strata/core/errors';
import { decodeSafetensors, encodeSafetensors, type TrainingEvent } from '@strata/core/training';
import { z } from 'zod';
import { writeAtomically } from './atomic.js';
import { evaluationFile, runFiles, storeVersionFile } from './files.js';
import { evaluationId } from './ids.js';
import type { Evaluation, EvaluationResult, Run, RunResult, RunState } from './run.js';

/** The layout that this version writes; a store of another one is refused rather than misread. */
const LAYOUT = 1;

const layoutSchema = z.object({ layout: z.number() });

const statusSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('running'), host: z.string(), pid: z.number(), heartbeat: z.string() }),
  z.object({ state: z.literal('failed'), reason: z.string() }),
]);
type Status = z.infer<typeof statusSchema>;

/** What must be there for a result to be believed; a damaged one counts as none, and is made again. */
const resultSchema = z.looseObject({
  state: z.enum(['done', 'diverged']),
  steps: z.number(),
  seconds: z.number(),
  weightsSha256: z.string(),
});

const evaluationSchema = z.looseObject({
  top1Error: z.number(),
  top5Error: z.number(),
  count: z.number(),
  rank: z.array(z.number()),
});

/**
 * Opens a store, making it where there is none.
 * @throws UsageError when it cannot be written to, or has another layout.
 */
export async function openStore(store: string): Promise<string> {
  const file = storeVersionFile(store);
  const text = await readIfThere(file);
  if (text === undefined) {
    await writing(store, () => writeAtomically(file, `${JSON.stringify({ layout: LAYOUT })}\n`));
    return store;
  }
  const found = layoutSchema.safeParse(parseJson(text));
  if (!found.success || found.data.layout !== LAYOUT) {
    throw new UsageError(
      `The store ${store} has layout ${found.success ? found.data.layout : 'unknown'}, and this version reads layout ${LAYOUT}; use another --store.`,
    );
  }
  return store;
}

/** Turns what the disk refuses into one line that names the store. */
async function writing<T>(store: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    throw new UsageError(
      `The store ${store} cannot be written to (${messageOf(error)}); free space, mend its permissions, or use another --store. What it held is intact.`,
    );
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw new UsageError(`${file} cannot be read: ${messageOf(error)}.`);
  }
}

function parsedAs<T>(schema: z.ZodType, text: string | undefined): T | undefined {
  const parsed = schema.safeParse(text === undefined ? undefined : parseJson(text));
  return parsed.success ? (parsed.data as T) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Marks a run as being trained by this process, and forgets what an earlier attempt left. */
export async function beginRun(store: string, id: string, run: Run): Promise<void> {
  const files = runFiles(store, id);
  await writing(store, async () => {
    await mkdir(files.folder, { recursive: true });
    await rm(files.events, { force: true });
    await writeAtomically(files.run, `${JSON.stringify(run, null, 2)}\n`);
    await beat(store, id);
  });
}

/** Renews the sign of life of a run that this process trains. */
export async function beat(store: string, id: string): Promise<void> {
  const status = {
    state: 'running',
    host: hostname(),
    pid: process.pid,
    heartbeat: new Date().toISOString(),
  };
  await writing(store, () => writeAtomically(runFiles(store, id).status, JSON.stringify(status)));
}

export async function failRun(store: string, id: string, reason: string): Promise<void> {
  const status = { state: 'failed', reason };
  await writing(store, () => writeAtomically(runFiles(store, id).status, JSON.stringify(status)));
}

/** Gives up a run that this process has begun: it counts as planned again. */
export async function releaseRun(store: string, id: string): Promise<void> {
  await writing(store, () => rm(runFiles(store, id).status, { force: true }));
}

export async function appendEvents(
  store: string,
  id: string,
  events: readonly TrainingEvent[],
): Promise<void> {
  const lines = events.map(event => `${JSON.stringify(event)}\n`).join('');
  await writing(store, () => appendFile(runFiles(store, id).events, lines));
}

export async function appendLog(store: string, id: string, line: string): Promise<void> {
  await writing(store, () => appendFile(runFiles(store, id).log, `${new Date().toISOString()} ${line}\n`));
}

/** Keeps the final weights, then the result: once the result is there the run is over. */
export async function finishRun(store: string, id: string, weights: State, result: RunResult): Promise<void> {
  const files = runFiles(store, id);
  await writing(store, async () => {
    await writeAtomically(files.checkpoint, encodeSafetensors(weights, { run: id, step: `${result.steps}` }));
    await writeAtomically(files.result, `${JSON.stringify(result, null, 2)}\n`);
    await rm(files.status, { force: true });
  });
}

export interface RunStatus {
  readonly state: RunState;
  readonly reason: string | null;
  /** There once the run is over. */
  readonly result: RunResult | null;
}

/** A run whose process on this host is dead counts as planned: it can be trained at once. */
export async function runStatus(store: string, id: string): Promise<RunStatus> {
  const files = runFiles(store, id);
  const resultText = await readIfThere(files.result);
  const result = parsedAs<RunResult>(resultSchema, resultText);
  if (result) return { state: result.state, reason: null, result };
  const status = statusSchema.safeParse(parseJson((await readIfThere(files.status)) ?? ''));
  if (!status.success) return { state: 'planned', reason: null, result: null };
  if (status.data.state === 'failed') return { state: 'failed', reason: status.data.reason, result: null };
  if (!isAlive(status.data)) return { state: 'planned', reason: 'its process is gone', result: null };
  return { state: 'running', reason: `by process ${status.data.pid} on ${status.data.host}`, result: null };
}

/** A process on another host counts as alive while its heartbeat is younger than this. */
const LEASE_MS = 120_000;

function isAlive(status: Extract<Status, { state: 'running' }>): boolean {
  if (status.host !== hostname()) return Date.now() - Date.parse(status.heartbeat) < LEASE_MS;
  if (status.pid === process.pid) return true;
  try {
    process.kill(status.pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

export async function readWeights(store: string, id: string): Promise<State> {
  const file = runFiles(store, id).checkpoint;
  try {
    return decodeSafetensors(await readFile(file), file).state;
  } catch (error) {
    if (systemCode(error) === undefined && !(error instanceof UsageError)) throw error;
    throw new UsageError(
      `The weights of run ${id} cannot be read: ${messageOf(error)} Remove ${runFiles(store, id).folder}, and run again.`,
    );
  }
}

/** What was reported of a run; a line that a crash has torn is left out. */
export async function readEvents(store: string, id: string): Promise<readonly TrainingEvent[]> {
  const text = (await readIfThere(runFiles(store, id).events)) ?? '';
  return text
    .split('\n')
    .map(line => parseJson(line) as TrainingEvent | undefined)
    .filter(event => event !== undefined);
}

export async function readEvaluation(
  store: string,
  evaluation: Evaluation,
): Promise<EvaluationResult | undefined> {
  const text = await readIfThere(evaluationFile(store, evaluationId(evaluation)));
  return parsedAs<EvaluationResult>(evaluationSchema, text);
}

export async function writeEvaluation(store: string, result: EvaluationResult): Promise<void> {
  const file = evaluationFile(store, evaluationId(result.evaluation));
  await writing(store, () => writeAtomically(file, `${JSON.stringify(result)}\n`));
}
