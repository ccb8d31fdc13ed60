/** The networks of VGG's tables 6 and 7: the jittered D and E, and the seven nets of the contest's submission. */
import type { Variant } from '../experiment.js';
import { withoutRows } from './methods.js';
import { atAllScales, atScale256, netA } from './scales.js';

const [, c384] = atAllScales('C') as [Variant, Variant, Variant];

export const submissionVariants: readonly Variant[] = withoutRows([
  netA,
  atScale256('C'),
  c384,
  ...atAllScales('D'),
  {
    name: 'D/jitter, FC',
    model: 'vgg-d',
    startsFrom: { variant: 'D/384' },
    // Thirteen convolutions stay as they were.
    recipe: { freeze: { kind: 'first', layers: 13 } },
  },
  ...atAllScales('E'),
]);

/** "7 nets" of table 6. */
export const submission = ['D/256', 'D/384', 'D/jitter, FC', 'C/256', 'C/384', 'E/256', 'E/384'] as const;

export const twoNets = ['D/jitter', 'E/jitter'] as const;

export const TWO_NETS_PROXY =
  'narrow A and B for D and E on 64-pixel crops of ten classes, scales in proportion, for ImageNet';
