export { type Decision, decideClaims } from './decide.js';
export type { DifferenceUnit, Finding, FindingPart } from './finding.js';
export type { GateOutcome } from './gate.js';
export { judgeClaims } from './judge.js';
export type { Verdict } from './verdict.js';
export * from './words.js';
