import { UsageError, unknownName } from '@strata/core/errors';
import { describeProtocol, namedProtocols, type Protocol } from '@strata/core/training';
import { z } from 'zod';
import type { TableEvaluation } from '../catalog/index.js';
import type { Split } from '../store/index.js';

const scales = z.array(z.int().positive()).min(1).optional();
const flip = z.boolean();

/** Protocols as a user may write them; what is not part of one is refused. */
export const protocolSchema: z.ZodType<Protocol> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('whole-image') }),
  z.strictObject({ kind: z.literal('centre-crop'), scales }),
  z.strictObject({ kind: z.literal('ten-crop'), scales }),
  z.strictObject({ kind: z.literal('grid-crop'), grid: z.int().min(1).max(100), flip, scales }),
  z.strictObject({ kind: z.literal('square-crop'), scales }),
  z.strictObject({ kind: z.literal('dense'), flip, scales }),
  z.strictObject({
    kind: z.literal('combined'),
    get parts() {
      return z.array(protocolSchema).min(1);
    },
  }),
]) as z.ZodType<Protocol>;

/**
 * What a user asks networks to be tested by: an evaluation of the experiment by its name, a known protocol by its name, or a protocol as
 * JSON; the last two on `split`.
 * @throws UsageError for an unknown name, and for JSON that is not a protocol, saying what was expected where.
 */
export function askedEvaluations(
  asked: readonly string[],
  known: readonly TableEvaluation[],
  split: Split,
): readonly TableEvaluation[] {
  return asked.map(text => {
    const ofExperiment = known.find(({ name }) => name === text);
    if (ofExperiment) return ofExperiment;
    if (!text.trimStart().startsWith('{')) return { name: text, protocol: namedProtocol(text, known), split };
    const protocol = parseProtocol(text);
    return { name: describeProtocol(protocol), protocol, split };
  });
}

function namedProtocol(name: string, known: readonly TableEvaluation[]): Protocol {
  const found = Object.entries(namedProtocols).find(([candidate]) => candidate === name);
  if (found) return found[1];
  const names = [...known.map(evaluation => evaluation.name), ...Object.keys(namedProtocols)];
  throw unknownName('protocol', name, [...new Set(names)]);
}

function parseProtocol(text: string): Protocol {
  const parsed = protocolSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'the whole';
  throw new UsageError(
    `--protocol ${text}: ${where} is wrong (${issue?.message}); expected a protocol, as {"kind":"ten-crop","scales":[256]}.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(
      `--protocol ${text}: this is not JSON; expected a protocol, as {"kind":"ten-crop","scales":[256]}.`,
    );
  }
}
