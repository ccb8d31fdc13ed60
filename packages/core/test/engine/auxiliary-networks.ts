import {
  auxiliaryHead,
  type Block,
  batchNorm,
  conv,
  dense,
  dropout,
  flatten,
  globalAveragePool,
  maxPool,
  type Network,
  network,
  relu,
  sequence,
} from '../../src/network/index.js';

export const HEADS = { early: 0.3, late: 0.7 } as const;

const stem = sequence(conv('conv1', 10, 3), batchNorm('bn1'), relu('relu1'), maxPool('pool1', 2));
const middle = sequence(conv('conv2', 12, 3), relu('relu2'));
const end = sequence(conv('conv3', 16, 3), relu('relu3'), globalAveragePool('pool3'), flatten('flatten'));
const early = sequence(
  conv('early.conv', 6, 1),
  relu('early.relu'),
  flatten('early.flatten'),
  dense('early.hidden', 8),
  dropout('early.dropout', 0.7),
  dense('early', 4),
);
/** Ends in a convolution, which a blocked engine holds in its own layout. */
const late = sequence(globalAveragePool('late.pool'), conv('late', 4, 1));
const classifier = sequence(dropout('dropout', 0.4), dense('fc', 4));

function net(body: Block): Network {
  return network({ name: 'with-heads', input: [3, 8, 8], classes: 4 }, body);
}

/** A small net with an auxiliary head after each of its first two stages. */
export const withHeads = net(
  sequence(stem, auxiliaryHead(HEADS.early, early), middle, auxiliaryHead(HEADS.late, late), end, classifier),
);

/** The same net without them, and each head as a net of its own. */
export const parts = {
  main: net(sequence(stem, middle, end, classifier)),
  early: net(sequence(stem, early)),
  late: net(sequence(stem, middle, late)),
};
