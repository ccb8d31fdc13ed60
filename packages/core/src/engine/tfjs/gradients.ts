import {
  Add,
  AvgPool,
  type AvgPoolAttrs,
  AvgPoolGrad,
  add,
  BatchMatMul,
  type BatchMatMulAttrs,
  broadcast_util,
  Cast,
  Concat,
  type ConcatAttrs,
  Conv2D,
  type Conv2DAttrs,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  clone,
  concat,
  div,
  engine,
  FusedBatchNorm,
  type FusedBatchNormAttrs,
  fill,
  type GradConfig,
  LRN,
  LRNGrad,
  MaxPool,
  type MaxPoolAttrs,
  MaxPoolGrad,
  Mean,
  type MeanAttrs,
  Multiply,
  matMul,
  mul,
  type NamedAttrMap,
  type NamedTensorMap,
  PadV2,
  type PadV2Attrs,
  Relu,
  Reshape,
  registerGradient,
  reshape,
  SplitV,
  type SplitVAttrs,
  slice,
  split,
  sqrt,
  step,
  sub,
  sum,
  Tanh,
  type Tensor,
  Transpose,
  type TransposeAttrs,
  transpose,
} from '@tensorflow/tfjs-core';

/**
 * Gradients of the operations that the lowerings use. The bundle of tfjs-core that Node loads differentiates nothing by
 * itself: the package's own gradients come with the union package alone, which brings browsers' backends with it.
 */
export function registerGradients(): void {
  for (const config of gradients) registerGradient(config);
}

/** How many of a kernel's inputs and outputs its gradient needs. */
type Saved = Pick<GradConfig, 'inputsToSave' | 'outputsToSave' | 'saveAllInputs'>;

/** The gradient of a kernel with one output. */
function gradientOf(
  kernelName: string,
  saved: Saved,
  gradient: (dy: Tensor, saved: readonly Tensor[], attrs: NamedAttrMap) => ReturnType<GradConfig['gradFunc']>,
): GradConfig {
  return { kernelName, ...saved, gradFunc: (dy, ...rest) => gradient(dy as Tensor, ...rest) };
}

/** The attributes of a kernel call, which the package types as a bag. */
const attributes = <A>(attrs: NamedAttrMap): A => attrs as unknown as A;

const inputAt = (saved: readonly Tensor[], place: number): Tensor => {
  const tensor = saved[place];
  if (!tensor) throw new RangeError(`A gradient needs input ${place}, which was not saved.`);
  return tensor;
};

function run(kernel: string, inputs: NamedTensorMap, attrs: object): Tensor {
  return engine().runKernel<Tensor>(kernel, inputs, attrs as NamedAttrMap);
}

/**
 * The gradient of a broadcast operand: summed over the axes along which it was repeated. Always a tensor of its own,
 * since those of operands that are used twice are disposed once they are added up.
 */
function unbroadcast(dy: Tensor, shape: number[]): Tensor {
  const axes = broadcast_util.getReductionAxes(shape, dy.shape);
  return axes.length === 0 ? clone(dy) : reshape(sum(dy, axes), shape);
}

const gradients: readonly GradConfig[] = [
  gradientOf(Add, { inputsToSave: ['a', 'b'] }, (dy, saved) => ({
    a: () => unbroadcast(dy, inputAt(saved, 0).shape),
    b: () => unbroadcast(dy, inputAt(saved, 1).shape),
  })),
  gradientOf(Multiply, { inputsToSave: ['a', 'b'] }, (dy, saved) => ({
    a: () => unbroadcast(mul(dy, inputAt(saved, 1)), inputAt(saved, 0).shape),
    b: () => unbroadcast(mul(dy, inputAt(saved, 0)), inputAt(saved, 1).shape),
  })),
  // Of the input alone: batch norm by fixed statistics is differentiated in frozen layers only.
  gradientOf(FusedBatchNorm, { inputsToSave: ['variance', 'scale'] }, (dy, saved, attrs) => {
    const { varianceEpsilon } = attributes<FusedBatchNormAttrs>(attrs);
    const deviation = sqrt(add(inputAt(saved, 0), varianceEpsilon));
    return { x: () => mul(dy, div(inputAt(saved, 1), deviation)) };
  }),
  gradientOf(Relu, { inputsToSave: ['x'] }, (dy, saved) => ({ x: () => mul(dy, step(inputAt(saved, 0))) })),
  gradientOf(Reshape, { inputsToSave: ['x'] }, (dy, saved) => ({
    x: () => reshape(dy, inputAt(saved, 0).shape),
  })),
  gradientOf(Transpose, {}, (dy, _, attrs) => {
    const { perm } = attributes<TransposeAttrs>(attrs);
    return {
      x: () =>
        transpose(
          dy,
          perm.map((_axis, place) => perm.indexOf(place)),
        ),
    };
  }),
  gradientOf(PadV2, { inputsToSave: ['x'] }, (dy, saved, attrs) => {
    const { paddings } = attributes<PadV2Attrs>(attrs);
    return {
      x: () =>
        slice(
          dy,
          paddings.map(([before]) => before),
          inputAt(saved, 0).shape,
        ),
    };
  }),
  {
    kernelName: SplitV,
    gradFunc: (dys, _, attrs) => ({ x: () => concat(dys as Tensor[], attributes<SplitVAttrs>(attrs).axis) }),
  },
  gradientOf(Concat, { saveAllInputs: true }, (dy, saved, attrs) => {
    const { axis } = attributes<ConcatAttrs>(attrs);
    const parts = split(
      dy,
      saved.map(part => part.shape[axis] as number),
      axis,
    );
    return Object.fromEntries(parts.map((part, place) => [place, () => part]));
  }),
  gradientOf(BatchMatMul, { inputsToSave: ['a', 'b'] }, (dy, saved, attrs) => {
    const { transposeA, transposeB } = attributes<BatchMatMulAttrs>(attrs);
    if (transposeA || transposeB) throw new RangeError('Only plain matrix products are differentiated.');
    return {
      a: () => matMul(dy, inputAt(saved, 1), false, true),
      b: () => matMul(inputAt(saved, 0), dy, true, false),
    };
  }),
  gradientOf(Conv2D, { inputsToSave: ['x', 'filter'] }, (dy, saved, attrs) => {
    const [x, filter] = [inputAt(saved, 0), inputAt(saved, 1)];
    const { strides, pad, dataFormat } = attributes<Conv2DAttrs>(attrs);
    const window = { strides, pad, dataFormat };
    return {
      x: () => run(Conv2DBackpropInput, { dy, filter }, { ...window, inputShape: x.shape }),
      filter: () => run(Conv2DBackpropFilter, { x, dy }, { ...window, filterShape: filter.shape }),
    };
  }),
  gradientOf(MaxPool, { inputsToSave: ['x'], outputsToSave: [true] }, (dy, saved, attrs) => {
    const { filterSize, strides, pad } = attributes<MaxPoolAttrs>(attrs);
    const [input, output] = [inputAt(saved, 0), inputAt(saved, 1)];
    return { x: () => run(MaxPoolGrad, { dy, input, output }, { filterSize, strides, pad }) };
  }),
  gradientOf(AvgPool, { inputsToSave: ['x'] }, (dy, saved, attrs) => {
    const { filterSize, strides, pad } = attributes<AvgPoolAttrs>(attrs);
    return { x: () => run(AvgPoolGrad, { dy, input: inputAt(saved, 0) }, { filterSize, strides, pad }) };
  }),
  // Average pooling casts floats to floats before it pools.
  gradientOf(Cast, {}, dy => ({ x: () => clone(dy) })),
  gradientOf(Mean, { inputsToSave: ['x'] }, (dy, saved, attrs) => {
    const { shape, size } = inputAt(saved, 0);
    const axes = [attributes<MeanAttrs>(attrs).axis].flat();
    const kept = shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
    return { x: () => mul(reshape(dy, kept), fill(shape, dy.size / size)) };
  }),
  gradientOf(Tanh, { outputsToSave: [true] }, (dy, saved) => {
    const y = inputAt(saved, 0);
    return { x: () => mul(dy, sub(1, mul(y, y))) };
  }),
  gradientOf(LRN, { inputsToSave: ['x'], outputsToSave: [true] }, (dy, saved, attrs) => ({
    x: () => run(LRNGrad, { x: inputAt(saved, 0), y: inputAt(saved, 1), dy }, attrs),
  })),
];
