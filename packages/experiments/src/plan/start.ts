import { UsageError, unknownName } from '@strata/core/errors';
import { nameMaps } from '@strata/core/training';
import { z } from 'zod';
import type { Profile, Start } from '../catalog/index.js';
import { type StartFile, weightFileSha256 } from '../store/index.js';

const startSchema = z.strictObject({
  file: z.string().min(1).optional(),
  names: z.string().optional(),
  run: z.string().min(1).optional(),
  layers: z.array(z.string()).optional(),
});

/** A profile's start with its file read: what a plan needs to be a pure function. */
export interface ResolvedStart {
  readonly run?: string;
  readonly file?: StartFile & { readonly path: string };
  readonly layers?: readonly string[];
}

/** What `--set start.…` may name beside what a profile has. */
export const startSettings: readonly string[] = Object.keys(startSchema.shape).map(key => `start.${key}`);

/**
 * Reads the file that a profile starts from, for its SHA-256.
 * @throws UsageError where the start names nothing or two things, or its file cannot be read.
 */
export async function resolveStart(
  { start }: Profile,
  pathOf = (path: string): string => path,
): Promise<ResolvedStart | undefined> {
  if (!start) return undefined;
  const { file, run, names = 'same', layers } = checked(start);
  const chosen = layers && { layers };
  if (file === undefined) return { ...(run !== undefined && { run }), ...chosen };
  const path = pathOf(file);
  return { file: { path, sha256: await weightFileSha256(path), names, ...chosen } };
}

function checked(start: Start): Start {
  const { success } = startSchema.safeParse(start);
  if (!success || (start.file === undefined) === (start.run === undefined)) {
    throw new UsageError(
      `start is ${JSON.stringify(start)}; expected start.file (a path, with start.names) or start.run (the id of a run in the store), and perhaps start.layers (a list of names).`,
    );
  }
  const { names } = start;
  if (names !== undefined && !(names in nameMaps))
    throw unknownName('start.names', names, Object.keys(nameMaps));
  return start;
}
