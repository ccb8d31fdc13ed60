import { readFile } from 'node:fs/promises';
import type { State } from '@strata/core/engine';
import { messageOf, systemCode, UsageError } from '@strata/core/errors';
import { decodeCheckpoint, type LayerResponse, type TrainingEvent } from '@strata/core/training';
import { z } from 'zod';
import { writeAtomically } from './atomic.js';
import { parseJson, readIfThere, sealed, unsealed, writing } from './documents.js';
import { evaluationFile, runFiles, storeVersionFile } from './files.js';
import { evaluationId } from './ids.js';
import type { Evaluation, EvaluationResult } from './run.js';

/** The layout that this version writes; a store of another one is refused rather than misread. */
const LAYOUT = 1;

const layoutSchema = z.object({ layout: z.number() });

const evaluationSchema = z.looseObject({
  top1Error: z.number(),
  top5Error: z.number(),
  count: z.number(),
  rank: z.array(z.number()),
});

/** What is no number, of a network that diverged, is null on disk. */
const responsesSchema = z.looseObject({
  layers: z.array(
    z.object({
      layer: z.string(),
      deviation: z.number().nullable(),
      gradientNorm: z.number().nullable(),
    }),
  ),
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

export async function readWeights(store: string, id: string): Promise<State> {
  const file = runFiles(store, id).checkpoint;
  try {
    return decodeCheckpoint(await readFile(file), file, id).state;
  } catch (error) {
    if (systemCode(error) === undefined && !(error instanceof UsageError)) throw error;
    throw new UsageError(
      `The weights of run ${id} cannot be read: ${messageOf(error)} Remove ${runFiles(store, id).folder}, and run again.`,
    );
  }
}

/** Whether the weights of a finished run are there and whole. */
export async function hasWeights(store: string, id: string): Promise<boolean> {
  return readWeights(store, id).then(
    () => true,
    error => {
      if (error instanceof UsageError) return false;
      throw error;
    },
  );
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
  return unsealed<EvaluationResult>(evaluationSchema, text);
}

export async function writeEvaluation(store: string, result: EvaluationResult): Promise<void> {
  const file = evaluationFile(store, evaluationId(result.evaluation));
  await writing(store, () => writeAtomically(file, sealed(result)));
}

/** What the layers of a trained run answer; undefined where that has not been measured, or the file is damaged. */
export async function readResponses(
  store: string,
  id: string,
): Promise<readonly LayerResponse[] | undefined> {
  const text = await readIfThere(runFiles(store, id).responses);
  const found = unsealed<z.infer<typeof responsesSchema>>(responsesSchema, text);
  return found?.layers.map(({ layer, deviation, gradientNorm }) => ({
    layer,
    deviation: deviation ?? Number.NaN,
    gradientNorm: gradientNorm ?? Number.NaN,
  }));
}

export async function writeResponses(
  store: string,
  id: string,
  layers: readonly LayerResponse[],
): Promise<void> {
  await writing(store, () => writeAtomically(runFiles(store, id).responses, sealed({ layers })));
}
