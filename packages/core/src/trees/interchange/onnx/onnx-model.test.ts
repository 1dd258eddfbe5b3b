import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { describe, expect, it } from 'vitest';
import { formatOnnxModel } from './onnx-model.js';

/** A message as [field, value] pairs: numbers, or the bytes of texts and messages. */
function fieldsOf(bytes: Uint8Array): [number, number | Uint8Array][] {
  const reader = new BinaryReader(bytes);
  const fields: [number, number | Uint8Array][] = [];
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    fields.push([field, type === WireType.LengthDelimited ? reader.bytes() : type === WireType.Bit32 ? reader.float() : reader.int32()]);
  }
  return fields;
}
const all = (bytes: Uint8Array, field: number): Uint8Array[] => fieldsOf(bytes).filter(([number]) => number === field).map(([, value]) => value as Uint8Array);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('formatOnnxModel', () => {
  const bytes = formatOnnxModel({
    name: 'a graph',
    nodes: [{ operator: 'Scaler', domain: 'ai.onnx.ml', inputs: ['x'], outputs: ['y'], attributes: { offset: { floats: [0.5, -2] }, n: { int: -3 }, classes: { ints: [-1, 0, 300] }, f: { float: 1.5 }, s: { text: 'ü' }, modes: { texts: ['A', 'B'] } } }],
    inputs: [{ name: 'x', type: 'float32', width: 2 }],
    outputs: [{ name: 'y', type: 'int64' }],
    metadata: { kind: 'test', names: '["a"]' },
  });
  const [graph] = all(bytes, 7);
  const [node] = all(graph, 1);

  it('names its versions, operators and metadata', () => {
    expect(fieldsOf(bytes)[0]).toEqual([1, 8]);
    expect(all(bytes, 8).map((opset) => [text(all(opset, 1)[0]), fieldsOf(opset)[1][1]])).toEqual([['', 15], ['ai.onnx.ml', 3]]);
    expect(all(bytes, 14).map((entry) => [text(all(entry, 1)[0]), text(all(entry, 2)[0])])).toEqual([['kind', 'test'], ['names', '["a"]']]);
    expect([text(all(graph, 2)[0]), ...[1, 2, 4, 7].map((field) => text(all(node, field)[0]))]).toEqual(['a graph', 'x', 'y', 'Scaler', 'ai.onnx.ml']);
  });

  it('writes every type of attribute', () => {
    const attributes = all(node, 5).map((attribute) => ({ name: text(all(attribute, 1)[0]), fields: fieldsOf(attribute).slice(1) }));
    const packed = (value: unknown, read: (reader: BinaryReader) => number): number[] => {
      const reader = new BinaryReader(value as Uint8Array);
      const numbers: number[] = [];
      while (reader.pos < reader.len) numbers.push(read(reader));
      return numbers;
    };
    const of = (name: string): [number, number | Uint8Array][] => attributes.find((attribute) => attribute.name === name)?.fields ?? [];
    expect(packed(of('offset')[0][1], (reader) => reader.float())).toEqual([0.5, -2]);
    expect(packed(of('classes')[0][1], (reader) => Number(reader.int64()))).toEqual([-1, 0, 300]);
    expect(of('n')).toEqual([[3, -3], [20, 2]]);
    expect(of('f')).toEqual([[2, 1.5], [20, 1]]);
    expect(of('s').map(([, value]) => (typeof value === 'number' ? value : text(value)))).toEqual(['ü', 3]);
    expect(of('modes').map(([field, value]) => (typeof value === 'number' ? value : `${field} ${text(value)}`))).toEqual(['9 A', '9 B', 8]);
    expect([of('offset')[1], of('classes')[1]]).toEqual([[20, 6], [20, 7]]);
  });

  it('leaves the number of rows open', () => {
    const shape = (tensor: Uint8Array): unknown[] => {
      const [type] = all(all(tensor, 2)[0], 1);
      return [fieldsOf(type)[0][1], ...all(all(type, 2)[0], 1).map((dimension) => fieldsOf(dimension).map(([field, value]) => [field, typeof value === 'number' ? value : text(value)]))];
    };
    expect(shape(all(graph, 11)[0])).toEqual([1, [[2, 'rows']], [[1, 2]]]);
    expect(shape(all(graph, 12)[0])).toEqual([7, [[2, 'rows']]]);
  });
});
