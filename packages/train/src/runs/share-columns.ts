// Plans on shared memory: every worker thread reads the same columns, nothing is copied.

/** The same plain data with every typed array on shared memory; those that are views of one buffer still are. */
export function shareColumns<Value>(value: Value): Value {
  return share(value, new Map()) as Value;
}

function share(value: unknown, shared: Map<ArrayBufferLike, SharedArrayBuffer>): unknown {
  if (ArrayBuffer.isView(value)) return shareColumn(value as Float64Array, shared);
  if (Array.isArray(value)) return value.map((part) => share(part, shared));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, share(part, shared)]));
  return value;
}

function shareColumn<Column extends Float64Array | Int32Array | Int8Array>(column: Column, shared: Map<ArrayBufferLike, SharedArrayBuffer>): Column {
  let buffer = shared.get(column.buffer);
  if (buffer === undefined) {
    buffer = new SharedArrayBuffer(column.buffer.byteLength);
    new Uint8Array(buffer).set(new Uint8Array(column.buffer));
    shared.set(column.buffer, buffer);
  }
  const Kind = column.constructor as new (buffer: SharedArrayBuffer, byteOffset: number, length: number) => Column;
  return new Kind(buffer, column.byteOffset, column.length);
}
