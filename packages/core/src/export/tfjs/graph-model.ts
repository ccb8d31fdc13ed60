/**
 * The little of TensorFlow.js's graph models that an exported network needs: a GraphDef as JSON, whose constants are
 * named in a manifest and stand one after the other in a file of their own.
 */

/** Names the output of a node, as other nodes read it. */
export type Output = string;

export type Attribute =
  | { readonly type: 'DT_FLOAT' | 'DT_INT32' }
  | { readonly b: boolean }
  | { readonly f: number }
  /** Whole numbers are strings, as 64 bits do not fit a JSON number. */
  | { readonly i: string }
  /** In base 64. */
  | { readonly s: string }
  | { readonly list: { readonly i: readonly string[] } }
  | { readonly shape: TensorShape }
  | { readonly tensor: { readonly dtype: string; readonly tensorShape: TensorShape } };

interface TensorShape {
  readonly dim: readonly { readonly size: string }[];
}

export interface GraphModelBuilder {
  input(name: string, shape: readonly number[]): Output;
  constant(name: string, shape: readonly number[], data: Float32Array | Int32Array): Output;
  node(
    name: string,
    op: string,
    inputs: readonly Output[],
    attributes?: Readonly<Record<string, Attribute>>,
  ): Output;
  /** The model whose result is `output`. */
  finish(output: Output): GraphModel;
}

export interface GraphModel {
  /** `model.json`. */
  readonly topology: object;
  /** What the manifest calls `weights.bin`. */
  readonly weights: Uint8Array;
}

export const WEIGHTS_FILE = 'weights.bin';

export const text = (value: string): Attribute => ({ s: Buffer.from(value).toString('base64') });
export const integer = (value: number): Attribute => ({ i: String(value) });
export const integers = (values: readonly number[]): Attribute => ({ list: { i: values.map(String) } });

const shapeOf = (sizes: readonly number[]): TensorShape => ({
  dim: sizes.map(size => ({ size: String(size) })),
});

export function graphModelBuilder(): GraphModelBuilder {
  const nodes: object[] = [];
  const manifest: object[] = [];
  const bytes: Uint8Array[] = [];
  const add = (name: string, op: string, inputs: readonly Output[], attr: object): Output => {
    nodes.push({ name, op, ...(inputs.length > 0 && { input: inputs }), attr });
    return name;
  };
  return {
    input(name, shape) {
      return add(name, 'Placeholder', [], { shape: { shape: shapeOf(shape) }, dtype: { type: 'DT_FLOAT' } });
    },
    constant(name, shape, data) {
      const isFloat = data instanceof Float32Array;
      const dtype = isFloat ? 'DT_FLOAT' : 'DT_INT32';
      manifest.push({ name, shape, dtype: isFloat ? 'float32' : 'int32' });
      bytes.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      return add(name, 'Const', [], {
        value: { tensor: { dtype, tensorShape: shapeOf(shape) } },
        dtype: { type: dtype },
      });
    },
    node(name, op, inputs, attributes = {}) {
      return add(name, op, inputs, { T: { type: 'DT_FLOAT' }, ...attributes });
    },
    finish(output) {
      const weights = Buffer.concat(bytes);
      return {
        weights,
        topology: {
          format: 'graph-model',
          generatedBy: 'Strata',
          modelTopology: {
            node: [
              ...nodes,
              { name: 'logits', op: 'Identity', input: [output], attr: { T: { type: 'DT_FLOAT' } } },
            ],
            library: {},
            versions: { producer: 808 },
          },
          weightsManifest: [{ paths: [WEIGHTS_FILE], weights: manifest }],
        },
      };
    },
  };
}
