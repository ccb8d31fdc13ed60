import { hashJson } from '@strata/core/hash';
import type { Evaluation, Run } from './run.js';

/** 80 bits of the hash: short enough to type, long enough never to meet by chance. */
const ID_LENGTH = 20;

export function runId(run: Run): string {
  return hashJson(run).slice(0, ID_LENGTH);
}

export function evaluationId(evaluation: Evaluation): string {
  return hashJson(evaluation).slice(0, ID_LENGTH);
}
