/** What can be said of a claim. */
export const words = [
  'agrees',
  'opposite',
  'too close to call',
  'not enough runs',
  'gate not met',
  'needs paper scale',
  'recorded only',
] as const;
export type Word = (typeof words)[number];

/** Family-wise rate of false verdicts over the claims of an experiment. */
export const LEVEL = 0.05;
