import { bytesOf } from '../../../protobuf/index.js';
import {
  type Attribute,
  type ElementType,
  encodeModel,
  type Initialiser,
  type Operation,
  type TensorType,
} from './model-file.js';

/** A tensor in the graph, of known shape. */
export type Value = TensorType;

export interface Result {
  readonly shape: readonly number[];
  readonly type?: ElementType;
}

export interface OperationOptions {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly domain?: string;
}

/** An ONNX graph under construction. */
export interface Graph {
  input(name: string, shape: readonly number[], type?: ElementType): Value;
  /** Equal small constants become one tensor. */
  constant(data: Float32Array, shape: readonly number[]): Value;
  integers(values: readonly number[]): Value;
  /** One operation with one result; an input left `undefined` is an optional one left out. */
  apply(
    operator: string,
    inputs: readonly (Value | undefined)[],
    result: Result,
    options?: OperationOptions,
  ): Value;
  applyMany(
    operator: string,
    inputs: readonly (Value | undefined)[],
    results: readonly Result[],
    options?: OperationOptions,
  ): Value[];
  /** Makes a value readable from outside under a name. */
  output(name: string, value: Value): void;
  finish(): Uint8Array;
}

/** Constants above this size are not compared with others. */
const SHARED_BYTES = 1 << 20;

export function createGraph(): Graph {
  const operations: Operation[] = [];
  const initialisers = new Map<string, Initialiser>();
  const inputs: Value[] = [];
  const outputs: Value[] = [];
  /** Computed values that are outputs, and the names they have as such. */
  const results = new Map<string, string>();
  let count = 0;

  const initialiser = (data: Uint8Array, shape: readonly number[], type: ElementType): Value => {
    const content = data.length <= SHARED_BYTES ? Buffer.from(data).toString('latin1') : initialisers.size;
    const key = `${type} ${shape.join(',')} ${content}`;
    const known = initialisers.get(key);
    if (known) return known;
    const made = { name: `constant_${initialisers.size}`, shape, type, data };
    initialisers.set(key, made);
    return made;
  };

  const applyMany: Graph['applyMany'] = (operator, from, results, { attributes = {}, domain = '' } = {}) => {
    const made = results.map(({ shape, type = 'float32' }) => ({
      name: `${operator}_${count++}`,
      shape,
      type,
    }));
    operations.push({
      operator,
      domain,
      inputs: from.map(value => value?.name ?? ''),
      outputs: made.map(value => value.name),
      attributes,
    });
    return made;
  };

  const apply: Graph['apply'] = (operator, from, result, options) =>
    applyMany(operator, from, [result], options)[0] as Value;

  return {
    input(name, shape, type = 'float32') {
      const value = { name, shape, type };
      inputs.push(value);
      return value;
    },
    constant: (data, shape) => initialiser(bytesOf(data), shape, 'float32'),
    integers: values => initialiser(bytesOf(BigInt64Array.from(values, BigInt)), [values.length], 'int64'),
    apply,
    applyMany,
    output(name, value) {
      const computed = operations.some(operation => operation.outputs.includes(value.name));
      const direct = computed && !results.has(value.name);
      // ONNX Runtime keeps an `Identity` in front of an output, and copies for it.
      if (direct) results.set(value.name, name);
      else operations.push({ ...IDENTITY, inputs: [value.name], outputs: [name] });
      outputs.push({ ...value, name });
    },
    finish() {
      const needed = neededOperations(
        operations.map(operation => renamed(operation, results)),
        outputs,
      );
      const read = new Set(needed.flatMap(operation => operation.inputs));
      return encodeModel({
        operations: needed,
        initialisers: [...initialisers.values()].filter(({ name }) => read.has(name)),
        inputs: inputs.filter(({ name }) => read.has(name)),
        outputs,
      });
    },
  };
}

const IDENTITY = { operator: 'Identity', domain: '', attributes: {} } as const;

function renamed(operation: Operation, names: ReadonlyMap<string, string>): Operation {
  const rename = (name: string): string => names.get(name) ?? name;
  return { ...operation, inputs: operation.inputs.map(rename), outputs: operation.outputs.map(rename) };
}

/** Those that an output depends on, in their order. ONNX Runtime would run the others too. */
function neededOperations(operations: readonly Operation[], outputs: readonly Value[]): Operation[] {
  const wanted = new Set(outputs.map(({ name }) => name));
  const needed = operations.toReversed().filter(operation => {
    if (!operation.outputs.some(name => wanted.has(name))) return false;
    for (const name of operation.inputs) wanted.add(name);
    return true;
  });
  return needed.toReversed();
}
