import type { LayerDefinition } from '../layer-definition.js';
import { elements } from '../shape.js';

/**
 * Each channel times its coefficient, plus its bias, both trained: after average pooling the sub-sampling of LeNet-5
 * (LeCun et al. 1998, section II.B), whose multiplications the paper counts.
 */
export interface ChannelScale {
  readonly kind: 'channelScale';
}

export const channelScale: LayerDefinition<ChannelScale> = {
  kind: 'channelScale',
  describe: () => '',
  output: (_, input) => input,
  parameters(_, [channels]) {
    const fans = { fanIn: 1, fanOut: 1 };
    return [
      { name: 'weight', shape: [channels], role: 'scale', ...fans },
      { name: 'bias', shape: [channels], role: 'bias', ...fans },
    ];
  },
  multiplyAdds: (_, input) => elements(input),
  examples: [
    { layer: { kind: 'channelScale' }, inputs: [[3, 2, 4]] },
    { layer: { kind: 'channelScale' }, inputs: [[5, 1, 1]] },
  ],
};
