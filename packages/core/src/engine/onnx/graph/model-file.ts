import { bytes, concatenate, float, integer, message, text } from '../../../protobuf/index.js';

/** Number codes of `TensorProto.DataType`. */
const DATA_TYPES = { float32: 1, int32: 6, int64: 7, bool: 9 } as const;
export type ElementType = keyof typeof DATA_TYPES;

/** A whole number is an ONNX `INT`, a list an `INTS`; floating-point attributes are marked. */
export type Attribute = number | string | readonly number[] | { readonly floats: readonly number[] } | Float;
export interface Float {
  readonly float: number;
}

export interface Operation {
  readonly operator: string;
  readonly domain: string;
  /** An empty name leaves an optional input out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** In the shape of an input or output: as many as there are images. */
export const ANY = -1;

export interface TensorType {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: ElementType;
}

export interface Initialiser extends TensorType {
  readonly data: Uint8Array;
}

export interface ModelFile {
  readonly operations: readonly Operation[];
  readonly initialisers: readonly Initialiser[];
  readonly inputs: readonly TensorType[];
  readonly outputs: readonly TensorType[];
}

const IR_VERSION = 8;
const OPERATOR_SETS = { '': 18, 'com.microsoft': 1, 'com.microsoft.nchwc': 1 };

/** The bytes of an ONNX model. Field numbers are those of onnx/onnx.proto. */
export function encodeModel({ operations, initialisers, inputs, outputs }: ModelFile): Uint8Array {
  return concatenate([
    integer(1, IR_VERSION),
    message(7, [
      ...operations.map((operation, i) => message(1, node(operation, `${operation.operator}_${i}`))),
      text(2, 'graph'),
      ...initialisers.map(tensor => message(5, initialiser(tensor))),
      ...inputs.map(value => message(11, valueInfo(value))),
      ...outputs.map(value => message(12, valueInfo(value))),
    ]),
    ...Object.entries(OPERATOR_SETS)
      .filter(([domain]) => domain === '' || operations.some(operation => operation.domain === domain))
      .map(([domain, version]) => message(8, [text(1, domain), integer(2, version)])),
  ]);
}

function node({ operator, domain, inputs, outputs, attributes }: Operation, name: string): Uint8Array[] {
  return [
    ...inputs.map(input => text(1, input)),
    ...outputs.map(output => text(2, output)),
    text(3, name),
    text(4, operator),
    ...Object.entries(attributes).map(([key, value]) => message(5, attribute(key, value))),
    text(7, domain),
  ];
}

function attribute(name: string, value: Attribute): Uint8Array[] {
  const typed = (type: number, ...fields: Uint8Array[]): Uint8Array[] => [
    text(1, name),
    ...fields,
    integer(20, type),
  ];
  if (typeof value === 'number') return typed(2, integer(3, value));
  if (typeof value === 'string') return typed(3, text(4, value));
  if ('float' in value) return typed(1, float(2, value.float));
  if ('floats' in value) return typed(6, ...value.floats.map(n => float(7, n)));
  return typed(7, ...value.map(n => integer(8, n)));
}

function initialiser({ name, shape, type, data }: Initialiser): Uint8Array[] {
  return [...shape.map(n => integer(1, n)), integer(2, DATA_TYPES[type]), text(8, name), bytes(9, data)];
}

function valueInfo({ name, shape, type }: TensorType): Uint8Array[] {
  const dimensions = shape.map(n => message(1, [n === ANY ? text(2, 'batch') : integer(1, n)]));
  const tensor = message(1, [integer(1, DATA_TYPES[type]), message(2, dimensions)]);
  return [text(1, name), message(2, [tensor])];
}
