// The few messages of ONNX's protobuf schema that a model of tables needs, written field by field.
// Schema: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto (the field numbers below are its own).
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** An attribute of an operator; the key says its type. */
export type OnnxValue =
  | { readonly float: number }
  | { readonly int: number }
  | { readonly text: string }
  | { readonly floats: ArrayLike<number> }
  | { readonly ints: ArrayLike<number> }
  | { readonly texts: readonly string[] };

export interface OnnxNode {
  readonly operator: string;
  /** 'ai.onnx.ml' for classical models, '' for ONNX's own operators. */
  readonly domain: 'ai.onnx.ml' | '';
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxValue>>;
}

/** A tensor that goes in or out: rows by `width`, or rows alone. */
export interface OnnxTensor {
  readonly name: string;
  readonly type: 'float32' | 'int64';
  readonly width?: number;
}

export interface OnnxModel {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly inputs: readonly OnnxTensor[];
  readonly outputs: readonly OnnxTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Version of the file format; every runtime since 2021 reads it. */
const IR_VERSION = 8;
/** Versions of the operators: TreeEnsemble… with base values and missing values, before they were merged into one in version 5. */
const OPERATOR_VERSIONS = { '': 15, 'ai.onnx.ml': 3 } as const;
const ELEMENT_TYPES = { float32: 1, int64: 7 } as const;
const ATTRIBUTE_TYPES = { float: 1, int: 2, text: 3, floats: 6, ints: 7, texts: 8 } as const;

/** The bytes of the model's file; the same model gives the same bytes. */
export function formatOnnxModel(model: OnnxModel): Uint8Array {
  const out = new BinaryWriter();
  out.tag(1, WireType.Varint).int32(IR_VERSION);
  text(out, 2, 'forecastlab');
  message(out, 7, () => writeGraph(out, model));
  for (const [domain, version] of Object.entries(OPERATOR_VERSIONS)) {
    message(out, 8, () => {
      text(out, 1, domain);
      out.tag(2, WireType.Varint).int32(version);
    });
  }
  for (const [key, value] of Object.entries(model.metadata)) {
    message(out, 14, () => {
      text(out, 1, key);
      text(out, 2, value);
    });
  }
  return out.finish();
}

function writeGraph(out: BinaryWriter, { name, nodes, inputs, outputs }: OnnxModel): void {
  for (const node of nodes) message(out, 1, () => writeNode(out, node));
  text(out, 2, name);
  for (const tensor of inputs) message(out, 11, () => writeTensorInfo(out, tensor));
  for (const tensor of outputs) message(out, 12, () => writeTensorInfo(out, tensor));
}

function writeNode(out: BinaryWriter, { operator, domain, inputs, outputs, attributes }: OnnxNode): void {
  for (const input of inputs) text(out, 1, input);
  for (const output of outputs) text(out, 2, output);
  text(out, 3, operator);
  text(out, 4, operator);
  for (const [name, value] of Object.entries(attributes)) {
    message(out, 5, () => {
      text(out, 1, name);
      writeValue(out, value);
    });
  }
  text(out, 7, domain);
}

function writeValue(out: BinaryWriter, value: OnnxValue): void {
  if ('float' in value) out.tag(2, WireType.Bit32).float(value.float);
  else if ('int' in value) out.tag(3, WireType.Varint).int32(value.int);
  else if ('text' in value) text(out, 4, value.text);
  else if ('floats' in value) message(out, 7, () => forEach(value.floats, (number) => out.float(number)));
  else if ('ints' in value) message(out, 8, () => forEach(value.ints, (number) => out.int32(number)));
  else for (const item of value.texts) text(out, 9, item);
  const type = Object.keys(value)[0] as keyof typeof ATTRIBUTE_TYPES;
  out.tag(20, WireType.Varint).int32(ATTRIBUTE_TYPES[type]);
}

function writeTensorInfo(out: BinaryWriter, { name, type, width }: OnnxTensor): void {
  text(out, 1, name);
  const tensorType = (): void => {
    out.tag(1, WireType.Varint).int32(ELEMENT_TYPES[type]);
    message(out, 2, () => {
      message(out, 1, () => text(out, 2, 'rows')); // any number of them
      if (width !== undefined) message(out, 1, () => out.tag(1, WireType.Varint).int32(width));
    });
  };
  message(out, 2, () => message(out, 1, tensorType));
}

function message(out: BinaryWriter, field: number, write: () => void): void {
  out.tag(field, WireType.LengthDelimited).fork();
  write();
  out.join();
}

function text(out: BinaryWriter, field: number, value: string): void {
  out.tag(field, WireType.LengthDelimited).string(value);
}

function forEach(numbers: ArrayLike<number>, take: (number: number) => void): void {
  for (let i = 0; i < numbers.length; i += 1) take(numbers[i]);
}
