import { describe, expect, it } from 'vitest';
import { allocateArrays, SCRATCH_BYTES, SCRATCH_OFFSET } from './allocate-arrays.js';
import { decodeBase64 } from './base64.js';
import { BOOSTING_WASM } from './boosting-wasm.js';
import { createSharedMemory, instantiateKernel } from './instantiate-kernel.js';
import type { WasmMemory } from './web-assembly.js';

describe('decodeBase64', () => {
  it.each([0, 1, 2, 3, 4, 5, 100, 257])('decodes %d bytes', (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + 11) % 256);
    expect([...decodeBase64(Buffer.from(bytes).toString('base64'))]).toEqual([...bytes]);
  });
});

describe('instantiateKernel', () => {
  interface Sums {
    sumLeaf(derivatives: number, rows: number, begin: number, end: number, result: number): void;
  }

  /** 1 + 2 + 3 by the kernel. */
  function sumWith(memory?: WasmMemory): number {
    const instance = instantiateKernel<Sums>(BOOSTING_WASM, memory);
    if (instance === undefined) throw new Error('no WebAssembly');
    const { derivatives, rows, result } = allocateArrays(instance.memory, { derivatives: ['float64', 6], rows: ['int32', 3], result: ['float64', 2] });
    derivatives.set([1, 0, 2, 0, 3, 0]);
    rows.set([2, 0, 1]);
    instance.exports.sumLeaf(derivatives.byteOffset, rows.byteOffset, 0, 3, result.byteOffset);
    return result[0];
  }

  it('gives instances with memory of their own, or with shared memory', () => {
    expect(sumWith()).toBe(6);
    const shared = createSharedMemory();
    expect(shared?.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(sumWith(shared)).toBe(6);
  });

  it('is undefined for what the engine cannot compile, and where there is no WebAssembly', () => {
    expect(instantiateKernel('AAAA')).toBeUndefined();
    const host = globalThis as { WebAssembly?: unknown };
    const kept = host.WebAssembly;
    try {
      delete host.WebAssembly;
      expect(instantiateKernel(BOOSTING_WASM)).toBeUndefined();
      expect(createSharedMemory()).toBeUndefined();
    } finally {
      host.WebAssembly = kept;
    }
  });
});

describe('allocateArrays', () => {
  const plan = { a: ['uint8', 3], b: ['float64', 5], c: ['int32', 7] } as const;

  it('lays arrays apart, aligned, with room behind them, and zeroed every time', () => {
    const memory = instantiateKernel(BOOSTING_WASM)?.memory as WasmMemory;
    for (let time = 0; time < 2; time += 1) {
      const arrays = Object.values(allocateArrays(memory, plan));
      expect(arrays.map((array) => array.length)).toEqual([3, 5, 7]);
      arrays.forEach((array, i) => {
        expect(array.byteOffset % 64).toBe(0);
        expect(array.byteOffset).toBeGreaterThanOrEqual(i === 0 ? SCRATCH_OFFSET + SCRATCH_BYTES : arrays[i - 1].byteOffset + arrays[i - 1].byteLength + 64);
        expect([...array].every((value) => value === 0)).toBe(true);
        array.fill(9);
      });
    }
  });

  it('makes plain arrays without memory, and grows memory where needed', () => {
    expect(allocateArrays(undefined, plan).b).toEqual(new Float64Array(5));
    const memory = instantiateKernel(BOOSTING_WASM)?.memory as WasmMemory;
    expect(allocateArrays(memory, { big: ['float64', 100_000] }).big.length).toBe(100_000);
  });
});
