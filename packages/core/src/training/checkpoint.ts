import type { State } from '../engine/index.js';
import { messageOf, UsageError } from '../errors/index.js';
import { sha256 } from '../hash/index.js';
import type { TrainingEvent } from './events.js';
import type { Progress } from './progress.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';
import { weightsSha256 } from './weights.js';

/**
 * A training as it was at one moment, whole in one file. It carries what was reported until then too, so that a damaged
 * or half-written list of events costs nothing.
 */
export interface Checkpoint {
  readonly run: string;
  readonly progress: Progress;
  readonly events: readonly TrainingEvent[];
  /** With optimizer slots while the training is under way; the weights and statistics alone at its end. */
  readonly state: State;
}

const FORMAT = 'strata-checkpoint-1';

/** A safetensors file: the state as tensors; the rest, and a checksum over everything, as its metadata. */
export function encodeCheckpoint({ run, progress, events, state }: Checkpoint): Uint8Array {
  const position = JSON.stringify({ progress, events });
  const checksum = checksumOf(state, run, position);
  return encodeSafetensors(state, { format: FORMAT, run, step: `${progress.step}`, position, checksum });
}

/** @throws UsageError naming `file` when it is damaged, of another format, or another run's. */
export function decodeCheckpoint(bytes: Uint8Array, file: string, run: string): Checkpoint {
  const { state, metadata } = decodeSafetensors(bytes, file);
  const { format, position = '', checksum } = metadata;
  if (format !== FORMAT) throw new UsageError(`${file} is no checkpoint of this version (${FORMAT}).`);
  if (checksum !== checksumOf(state, metadata.run ?? '', position)) {
    throw new UsageError(`${file} is damaged: its checksum does not fit its content.`);
  }
  if (metadata.run !== run) throw new UsageError(`${file} belongs to run ${metadata.run}, not to ${run}.`);
  return { run, state, ...parsePosition(position, file) };
}

function checksumOf(state: State, run: string, position: string): string {
  return sha256([FORMAT, run, position, weightsSha256(state)].join('\n'));
}

function parsePosition(position: string, file: string): Pick<Checkpoint, 'progress' | 'events'> {
  try {
    const { progress, events } = JSON.parse(position) as Pick<Checkpoint, 'progress' | 'events'>;
    // JSON has no NaN: a loss that was none comes back as null.
    const loss = progress.totals.loss ?? Number.NaN;
    return { progress: { ...progress, totals: { ...progress.totals, loss } }, events };
  } catch (error) {
    throw new UsageError(`${file} is damaged: ${messageOf(error)}.`);
  }
}
