import {
  add,
  customGrad,
  type GradSaveFunc,
  mean,
  mul,
  batchNorm as normaliseBy,
  rsqrt,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { BATCH_NORM_EPSILON, type LayerOfKind } from '../../../network/index.js';
import { type LayerCall, type LayerLowering, onlyInput } from '../lowering.js';

type Call = LayerCall<LayerOfKind<'batchNorm'>>;

export const batchNorm: LayerLowering<LayerOfKind<'batchNorm'>> = {
  forward: call => (call.mode === 'training' ? byBatch(call) : byRunningStatistics(call)),
};

function byRunningStatistics(call: Call): Tensor4D {
  const moments = { center: call.tensor('running_mean'), variance: call.tensor('running_var') };
  return normalised(onlyInput(call), moments, call.tensor('weight'), call.tensor('bias'));
}

interface Moments {
  readonly center: Tensor;
  readonly variance: Tensor;
}

/** In one pass of a kernel that every backend has, unlike a chain of broadcasts. */
function normalised(x: Tensor4D, { center, variance }: Moments, scale?: Tensor, shift?: Tensor): Tensor4D {
  const [m, v, g, b] = [center, variance, scale, shift] as Tensor1D[];
  return normaliseBy(x, m as Tensor1D, v as Tensor1D, b, g, BATCH_NORM_EPSILON);
}

/** Everything but the channels. */
const AXES = [0, 1, 2];

/** The gradient is that of batch norm as a whole: mean and variance move with the input (Ioffe and Szegedy 2015, section 3). */
function byBatch(call: Call): Tensor4D {
  const normalise = customGrad((...args) => {
    const [x, scale, shift, save] = args as unknown as [Tensor4D, Tensor, Tensor, GradSaveFunc];
    const center = mean(x, AXES);
    const centred = sub(x, center);
    const variance = mean(mul(centred, centred), AXES);
    follow(call, { center, variance }, x.size / center.size);
    save([x, center, variance, scale]);
    return {
      value: normalised(x, { center, variance }, scale, shift),
      gradFunc: (dy, saved) => gradients(dy as Tensor4D, saved as Saved),
    };
  });
  return normalise(onlyInput(call), call.tensor('weight'), call.tensor('bias')) as Tensor4D;
}

type Saved = [x: Tensor4D, center: Tensor, variance: Tensor, scale: Tensor];

/** Of input, scale and shift. With z the normalised input, dx = scale / deviation (dy - mean(dy) - z mean(dy z)). */
function gradients(dy: Tensor4D, [x, center, variance, scale]: Saved): Tensor[] {
  const moments = { center, variance };
  const shiftGradient = sum(dy, AXES);
  const scaleGradient = sum(mul(dy, normalised(x, moments)), AXES);
  const factor = mul(scale, rsqrt(add(variance, BATCH_NORM_EPSILON)));
  const share = mul(factor, -center.size / x.size);
  const taken = normalised(x, moments, mul(share, scaleGradient), mul(share, shiftGradient));
  return [add(mul(dy, factor), taken), scaleGradient, shiftGradient];
}

/** Running statistics after the step, from the batch's mean and biased variance over `count` values. */
function follow(call: Call, { center, variance }: Moments, count: number): void {
  const { momentum } = call.layer;
  const moved = (name: string, batch: Tensor, share: number): void =>
    call.updateStatistic(name, add(mul(call.tensor(name), momentum), mul(batch, share)));
  moved('running_mean', center, 1 - momentum);
  moved('running_var', variance, ((1 - momentum) * count) / Math.max(1, count - 1));
}
