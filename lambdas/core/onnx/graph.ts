// Builds an ONNX graph node by node and writes it as ModelProto (onnx.proto3 of ONNX 1.16).
import { type Field, floatBytes, message, packedVarints } from './protobuf.ts';

export const OPSET = 21;
/** ai.onnx.ml 5 has TreeEnsemble with set membership. */
export const ML_OPSET = 5;
const IR_VERSION = 10;
const FLOAT = 1;
const UINT8 = 2;
const INT64 = 7;
const DOUBLE = 11;
export const ELEMENT = { FLOAT, INT64, DOUBLE } as const;

export interface Tensor {
  readonly dims: readonly number[];
  readonly data: Float64Array | BigInt64Array | Uint8Array | Float32Array;
}

export type Attribute = number | string | Tensor | readonly number[] | { readonly float: number };

export class Graph {
  private readonly nodes: Field[] = [];
  private readonly initializers: Field[] = [];
  private count = 0;

  /** A constant; doubles for number lists, int64 for bigint lists. */
  constant(values: readonly number[] | readonly bigint[], dims: readonly number[] = [values.length]): string {
    const name = `c${this.initializers.length}`;
    const data = isBigints(values) ? BigInt64Array.from(values) : Float64Array.from(values);
    this.initializers.push([5, tensorFields({ dims, data }, name)]);
    return name;
  }

  /** Adds a node of one output and gives the output's name. */
  node(
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    output?: string,
    domain = '',
  ): string {
    this.count += 1;
    const name = output ?? `v${this.count}`;
    this.nodes.push([
      1,
      [
        ...inputs.map((input): Field => [1, input]),
        [2, name],
        [3, `${op}_${this.count}`],
        [4, op],
        ...Object.entries(attributes).map(([key, value]): Field => [5, attributeFields(key, value)]),
        ...(domain === '' ? [] : [[7, domain] as const]),
      ],
    ]);
    return name;
  }

  /** Bytes of a model with one float input [rows, columns] and float outputs [rows, 1]. */
  model(
    input: { name: string; columns: number },
    outputs: readonly string[],
    metadata: Readonly<Record<string, string>>,
  ): Uint8Array {
    return message([
      [1, IR_VERSION],
      [2, 'readmit'],
      [
        8,
        [
          [1, ''],
          [2, OPSET],
        ],
      ],
      [
        8,
        [
          [1, 'ai.onnx.ml'],
          [2, ML_OPSET],
        ],
      ],
      [
        7,
        [
          ...this.nodes,
          [2, 'readmit'],
          ...this.initializers,
          [11, valueInfo(input.name, input.columns)],
          ...outputs.map((name): Field => [12, valueInfo(name, 1)]),
        ],
      ],
      ...Object.keys(metadata)
        .sort()
        .map(
          (key): Field => [
            14,
            [
              [1, key],
              [2, metadata[key]],
            ],
          ],
        ),
    ]);
  }
}

function isBigints(values: readonly number[] | readonly bigint[]): values is readonly bigint[] {
  return typeof values[0] === 'bigint';
}

function valueInfo(name: string, columns: number): Field[] {
  const shape: Field[] = [
    [1, [[2, 'rows']]],
    [1, [[1, columns]]],
  ];
  return [
    [1, name],
    [
      2,
      [
        [
          1,
          [
            [1, FLOAT],
            [2, shape],
          ],
        ],
      ],
    ],
  ];
}

function tensorFields(tensor: Tensor, name: string): Field[] {
  const { data } = tensor;
  const type =
    data instanceof Uint8Array
      ? UINT8
      : data instanceof Float32Array
        ? FLOAT
        : data instanceof Float64Array
          ? DOUBLE
          : INT64;
  return [
    ...tensor.dims.map((dim): Field => [1, dim]),
    [2, type],
    [8, name],
    [9, data instanceof Uint8Array ? data : floatBytes(data)],
  ];
}

function attributeFields(name: string, value: Attribute): Field[] {
  if (typeof value === 'number')
    return [
      [1, name],
      [3, value],
      [20, 2],
    ];
  if (typeof value === 'string')
    return [
      [1, name],
      [4, value],
      [20, 3],
    ];
  if ('float' in value)
    return [
      [1, name],
      [2, value],
      [20, 1],
    ];
  if ('dims' in value)
    return [
      [1, name],
      [5, tensorFields(value, '')],
      [20, 4],
    ];
  return [
    [1, name],
    [8, packedVarints(value)],
    [20, 7],
  ];
}
