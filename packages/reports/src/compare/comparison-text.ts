import { fixed, signed } from '../format/index.js';
import type { NumberDifference, RunPair, StoreComparison } from './compare-stores.js';
import type { ValueDifference } from './differences.js';

/** A comparison as plain lines: what differs in general first, then run by run. */
export function comparisonText({ pairs, onlyInA, onlyInB }: StoreComparison): string {
  const same = pairs.filter(({ sameWeights }) => sameWeights === true).length;
  const headline = `${pairs.length} runs in both; ${same} with the same weights to the last bit, ${onlyInA.length} only in A, ${onlyInB.length} only in B.`;
  return [
    headline,
    ...section(
      'Configuration',
      commonly(pairs, pair => pair.configuration),
    ),
    ...section(
      'Environment',
      commonly(pairs, pair => pair.environment),
    ),
    ...section('Runs', pairs.map(pairLine)),
    ...section(
      'Only in A',
      onlyInA.map(({ id, name }) => `${printable(name)}  ${id}`),
    ),
    ...section(
      'Only in B',
      onlyInB.map(({ id, name }) => `${printable(name)}  ${id}`),
    ),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map(line => `  ${line}`)];
}

/** Each difference once, with how many pairs have it. */
function commonly(
  pairs: readonly RunPair[],
  of: (pair: RunPair) => readonly ValueDifference[],
): readonly string[] {
  const lines = pairs.flatMap(pair =>
    of(pair).map(({ name, a, b }) => `${name}: ${short(a)} -> ${short(b)}`),
  );
  return [...new Set(lines)].map(
    line => `${printable(line)} (${lines.filter(other => other === line).length} of ${pairs.length})`,
  );
}

function pairLine({ name, pairedBy, states, numbers, sameWeights }: RunPair): string {
  const state = states[0] === states[1] ? states[0] : `${states[0]} -> ${states[1]}`;
  const error = numbers.find(number => number.name === 'top1Error');
  const weights = sameWeights === null ? '' : sameWeights ? ', same weights' : ', other weights';
  return `${printable(name)}: ${state}, paired by ${pairedBy}${error ? errorInWords(error) : ''}${weights}`;
}

function errorInWords({ a, b, difference }: NumberDifference): string {
  if (a === null && b === null) return '';
  const value = (number: number | null): string => (number === null ? 'none' : `${fixed(number, 2)} %`);
  return `, top-1 error ${value(a)} -> ${value(b)}${difference === null ? '' : ` (${signed(difference, 2)})`}`;
}

const LONGEST = 60;

function short(value: unknown): string {
  const text = value === undefined ? 'none' : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** A terminal obeys control characters. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
}
