import { UsageError } from '../../errors/index.js';
import type { LayerDefinition } from '../layer-definition.js';

/**
 * The shortcut without parameters of a residual block that grows (He et al. 2015, option A): every `stride`-th pixel of
 * each row and column, and channels of zeros behind those that there are.
 */
export interface PaddedShortcut {
  readonly kind: 'paddedShortcut';
  readonly stride: number;
  /** Channels of the output, those of zeros included. */
  readonly channels: number;
}

export const paddedShortcut: LayerDefinition<PaddedShortcut> = {
  kind: 'paddedShortcut',
  describe: ({ stride, channels }) => `${stride === 1 ? '' : `stride ${stride}, `}${channels}`,
  output({ stride, channels }, [present, height, width]) {
    if (channels < present) {
      throw new UsageError(
        `A padded shortcut only adds channels: it cannot make ${channels} of ${present}; project instead.`,
      );
    }
    return [channels, Math.ceil(height / stride), Math.ceil(width / stride)];
  },
  window: ({ stride }) => ({ size: [1, 1], stride: [stride, stride], padding: [0, 0, 0, 0] }),
  examples: [
    { layer: { kind: 'paddedShortcut', stride: 2, channels: 6 }, inputs: [[3, 4, 6]] },
    { layer: { kind: 'paddedShortcut', stride: 2, channels: 5 }, inputs: [[2, 5, 3]] },
    { layer: { kind: 'paddedShortcut', stride: 1, channels: 4 }, inputs: [[3, 2, 3]] },
  ],
};
