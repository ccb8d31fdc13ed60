import { type Block, batchNorm, conv, dropout, paddedShortcut, relu, sequence } from '../network/index.js';

/** One convolution of a residual block. */
export interface BlockConv {
  readonly filters: number;
  readonly size: number;
  readonly stride: number;
}

/**
 * How a block's input joins its output (He et al. 2015, section 4.1). A: as it is, padded with zeros where the block
 * grows; B: projected where it grows; C: projected everywhere; none: not at all, a plain net.
 */
export const shortcuts = ['A', 'B', 'C'] as const;
export type Shortcut = (typeof shortcuts)[number] | 'none';

/** Convolutions with batch norm, ReLU between them; plus the shortcut; ReLU (He et al. 2015, figures 2 and 5). */
export function originalBlock(name: string, convs: readonly BlockConv[], shortcut: Shortcut): Block {
  const last = convs.length;
  const body = sequence(
    ...convs.flatMap(({ filters, size, stride }, i) => [
      conv(`${name}.conv${i + 1}`, filters, size, { stride, bias: false }),
      batchNorm(`${name}.bn${i + 1}`),
      ...(i + 1 < last ? [relu(`${name}.relu${i + 1}`)] : []),
    ]),
  );
  const after = relu(`${name}.relu${last}`);
  if (shortcut === 'none') return sequence(body, after);
  return from => {
    const input = originalShortcut(name, convs, shortcut)(from);
    return after(from.add(`${name}.add`, { kind: 'add' }, [body(from), input]));
  };
}

function originalShortcut(
  name: string,
  convs: readonly BlockConv[],
  shortcut: Exclude<Shortcut, 'none'>,
): Block {
  const filters = convs.at(-1)?.filters ?? 1;
  const stride = strideOf(convs);
  const projection = sequence(
    conv(`${name}.shortcut`, filters, 1, { stride, bias: false }),
    batchNorm(`${name}.shortcut_bn`),
  );
  return from => {
    const fits = from.shape[0] === filters && stride === 1;
    if (fits && shortcut !== 'C') return from;
    return shortcut === 'A' ? paddedShortcut(`${name}.shortcut`, filters, stride)(from) : projection(from);
  };
}

/**
 * Batch norm and ReLU before each convolution, dropout between convolutions; plus the input, or, where the block grows,
 * plus a projection of the first ReLU's output (He et al. 2016, figure 1b; Zagoruyko and Komodakis 2016, figure 1).
 */
export function preActivationBlock(name: string, convs: readonly BlockConv[], rate = 0): Block {
  const filters = convs.at(-1)?.filters ?? 1;
  const stride = strideOf(convs);
  const activated = (i: number): Block => sequence(batchNorm(`${name}.bn${i}`), relu(`${name}.relu${i}`));
  const layer = ({ filters, size, stride }: BlockConv, i: number): Block =>
    sequence(
      ...(i === 0 ? [] : [activated(i + 1)]),
      ...(i > 0 && rate > 0 ? [dropout(`${name}.dropout${i === 1 ? '' : i}`, rate)] : []),
      conv(`${name}.conv${i + 1}`, filters, size, { stride, bias: false }),
    );
  const body = sequence(...convs.map(layer));
  const projection = conv(`${name}.shortcut`, filters, 1, { stride, bias: false });
  return from => {
    const first = activated(1)(from);
    const shortcut = from.shape[0] === filters && stride === 1 ? from : projection(first);
    return from.add(`${name}.add`, { kind: 'add' }, [body(first), shortcut]);
  };
}

function strideOf(convs: readonly BlockConv[]): number {
  return convs.reduce((product, { stride }) => product * stride, 1);
}

/** Equal blocks one after the other, of which the first alone may have a stride: `group2.block1`, `group2.block2` … */
export function blockGroup(
  number: number,
  blocks: number,
  stride: number,
  block: (name: string, stride: number) => Block,
): Block {
  return sequence(
    ...Array.from({ length: blocks }, (_, i) => block(`group${number}.block${i + 1}`, i === 0 ? stride : 1)),
  );
}
