// The real onnxruntime-node; suites that need it are skipped, with one clear line, where it cannot be loaded.
import type * as Onnx from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';

const runtime: typeof Onnx | undefined = await import('onnxruntime-node').catch((error: unknown) => {
  process.stderr.write(`skipped: tests of ONNX models (onnxruntime-node cannot be loaded: ${error instanceof Error ? error.message.split('\n', 1)[0] : String(error)})\n`);
  return undefined;
});

/** `describe` for suites that run ONNX models. */
export function describeOnnx(name: string, body: () => void): void {
  describe.skipIf(runtime === undefined)(name, runtime === undefined ? () => it('needs onnxruntime-node', () => expect.unreachable()) : body);
}

/** Runs a model on rows, `batch` at a time; outputs by name, those of all batches one after the other. */
export async function runOnnx(bytes: Uint8Array, columns: readonly Float64Array[], batch: number): Promise<Record<string, number[]>> {
  if (runtime === undefined) throw new Error('onnxruntime-node is not there');
  const session = await runtime.InferenceSession.create(bytes, { logSeverityLevel: 3 });
  const rows = columns[0].length;
  const width = columns.length;
  const outputs: Record<string, number[]> = {};
  for (let begin = 0; begin < rows; begin += batch) {
    const count = Math.min(batch, rows - begin);
    const data = Float32Array.from({ length: count * width }, (_, i) => columns[i % width][begin + Math.floor(i / width)]);
    const results = await session.run({ features: new runtime.Tensor('float32', data, [count, width]) });
    for (const [name, tensor] of Object.entries(results)) (outputs[name] ??= []).push(...Array.from(tensor.data as ArrayLike<number | bigint>, Number));
  }
  await session.release();
  return outputs;
}
