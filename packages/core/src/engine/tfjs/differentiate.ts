import {
  add,
  keep,
  mul,
  reshape,
  type Scalar,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  valueAndGrads,
} from '@tensorflow/tfjs-core';
import type { Network } from '../../network/index.js';
import type { Batch, StepOptions } from '../engine.js';
import { uploadImages, uploadLabels } from './batch.js';
import type { ForwardOptions, LoweredNetwork } from './forward.js';
import { correctCount, softmaxCrossEntropy } from './loss.js';
import { byName } from './state.js';

export interface DifferentiateOptions extends Pick<ForwardOptions, 'updateStatistic'> {
  readonly network: Network;
  readonly lowered: LoweredNetwork;
  /** In the order of the network's parameters. */
  readonly weights: readonly Tensor[];
  /** In the order of the network's statistics. */
  readonly statistics: readonly Tensor[];
  readonly batch: Batch;
  /** Absent: without dropout. */
  readonly randomness?: StepOptions['randomness'];
  /** Added to the outputs of the nodes so named: their gradients are those of the outputs. */
  readonly offsets?: ReadonlyMap<string, Tensor4D>;
  /** Sees every node's output. */
  readonly watch?: (name: string, output: Tensor4D) => void;
}

/** A type, not an interface, and mutable: `tidy` hands out nothing else. */
export type Derivatives = {
  /** Of the main head; kept, as is `correct`. */
  loss: Scalar;
  correct: Scalar;
  /** Of the weights, in their order, then of the offsets. */
  gradients: Tensor[];
};

/** Loss and gradients of one batch in training. To be called inside `tidy`. */
export function differentiate(options: DifferentiateOptions): Derivatives {
  const { network, lowered, weights, statistics, batch, randomness, updateStatistic, watch } = options;
  const { offsets = new Map<string, Tensor4D>() } = options;
  const images = uploadImages(batch.images, batch.count, network.input);
  const labels = uploadLabels(batch.labels);
  const places = [...offsets.keys()];
  const fixed = byName(lowered.statistics, statistics);
  const heads = network.auxiliary ?? [];
  const rows = [images.shape[0], network.classes] as [number, number];
  let [main, correct]: (Scalar | undefined)[] = [];
  const loss = (...tensors: Tensor[]): Scalar => {
    const headLogits = new Map<string, Tensor2D>();
    const shifts = new Map(places.map((name, i) => [name, tensors[weights.length + i] as Tensor4D]));
    const logits = lowered.forward({
      mode: 'training',
      images,
      tensors: new Map([...byName(lowered.parameters, tensors), ...fixed]),
      ...(randomness && { randomness }),
      ...(updateStatistic && { updateStatistic }),
      tap(name, output) {
        watch?.(name, output);
        const shift = shifts.get(name);
        const shifted = shift ? add<Tensor4D>(output, shift) : output;
        if (heads.some(head => head.logits === name)) headLogits.set(name, reshape(shifted, rows));
        return shifted;
      },
    });
    correct = keep(correctCount(logits, labels));
    main = keep(softmaxCrossEntropy(logits, labels));
    return heads.reduce(
      (sum, head) =>
        add(sum, mul(softmaxCrossEntropy(headLogits.get(head.logits) as Tensor2D, labels), head.weight)),
      main,
    );
  };
  const { grads } = valueAndGrads(loss)([...weights, ...offsets.values()]);
  return { loss: main as unknown as Scalar, correct: correct as unknown as Scalar, gradients: grads };
}
