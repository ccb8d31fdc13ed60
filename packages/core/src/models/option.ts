import { UsageError } from '../errors/index.js';

/** What a model's option is, in a line, and which values it takes. */
export interface OptionRule {
  readonly about: string;
  readonly takes: keyof typeof kinds | readonly string[];
}

interface Kind {
  readonly expected: string;
  fits(value: unknown): boolean;
}

const isWhole = (value: unknown): value is number => Number.isInteger(value) && (value as number) > 0;

const kinds = {
  size: { expected: 'a whole number above 0', fits: isWhole },
  factor: { expected: 'a number above 0', fits: value => Number.isFinite(value) && (value as number) > 0 },
  rate: {
    expected: 'a number from 0 to below 1',
    fits: value => typeof value === 'number' && value >= 0 && value < 1,
  },
  flag: { expected: 'true or false', fits: value => typeof value === 'boolean' },
  shape: {
    expected: 'channels, height and width, as 3,32,32',
    fits: value => Array.isArray(value) && value.length === 3 && value.every(isWhole),
  },
  text: { expected: 'a text', fits: value => typeof value === 'string' },
} as const satisfies Record<string, Kind>;

/** @throws UsageError unless the value is one that the rule takes; an option left out always is. */
export function checkOption(model: string, name: string, value: unknown, { takes }: OptionRule): void {
  if (value === undefined) return;
  const isChoice = typeof takes !== 'string';
  const fits = isChoice ? takes.some(choice => choice === value) : kinds[takes].fits(value);
  if (fits) return;
  const expected = isChoice ? `one of ${takes.join(', ')}` : kinds[takes].expected;
  const given = Array.isArray(value) ? value.join('x') : String(value);
  throw new UsageError(`Model ${model}: ${name} is ${given}; expected ${expected}.`);
}
