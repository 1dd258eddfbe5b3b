// From the base64 text of a module (packages/core/assembly) to an instance with its memory.
import { decodeBase64 } from './base64.js';
import { webAssembly } from './web-assembly.js';
import type { WasmMemory } from './web-assembly.js';

/** A module's exported functions and the memory that they work on. Pointers are byte offsets into `memory.buffer`. */
export interface KernelInstance<Exports> {
  readonly exports: Exports;
  readonly memory: WasmMemory;
}

/** 64 kB pages that 32-bit pointers reach. */
const MAXIMUM_PAGES = 65536;

/** How a module says that it imports a memory with a limit: "env", "memory", kind 2, flags 1. Flags 3: shared besides. */
const MEMORY_IMPORT = [3, 0x65, 0x6e, 0x76, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2, 1];
const SHARED_FLAGS = 3;

const compiled = new Map<string, object | undefined>();

/**
 * A new instance with memory of its own, or undefined where this engine has no WebAssembly with SIMD: the caller then
 * takes the JavaScript path, which gives the same bits. `base64` is compiled once.
 * `memory`: shared memory of another instance, made by `createSharedMemory`; default: new, unshared.
 */
export function instantiateKernel<Exports extends object>(base64: string, memory?: WasmMemory): KernelInstance<Exports> | undefined {
  const host = webAssembly();
  if (host === undefined) return undefined;
  const isShared = memory !== undefined;
  const key = `${isShared} ${base64.length} ${base64}`;
  if (!compiled.has(key)) compiled.set(key, compile(host, base64, isShared));
  const module = compiled.get(key);
  if (module === undefined) return undefined;
  const own = memory ?? new host.Memory({ initial: 1, maximum: MAXIMUM_PAGES });
  const { exports } = new host.Instance(module, { env: { memory: own } });
  return { exports: exports as Exports, memory: own };
}

/** The compiled module for shared memory, to be sent to worker threads; undefined where the engine cannot compile it. */
export function compileForSharing(base64: string): object | undefined {
  const host = webAssembly();
  return host && compile(host, base64, true);
}

/** Memory that worker threads can share; undefined where the engine has no WebAssembly or no shared memory. */
export function createSharedMemory(): WasmMemory | undefined {
  const host = webAssembly();
  if (host === undefined || !('SharedArrayBuffer' in globalThis)) return undefined;
  return new host.Memory({ initial: 1, maximum: MAXIMUM_PAGES, shared: true });
}

function compile(host: NonNullable<ReturnType<typeof webAssembly>>, base64: string, isShared: boolean): object | undefined {
  const bytes = decodeBase64(base64);
  if (isShared) bytes[endOfMemoryImport(bytes) - 1] = SHARED_FLAGS;
  try {
    return new host.Module(bytes);
  } catch {
    return undefined; // no SIMD
  }
}

function endOfMemoryImport(bytes: Uint8Array): number {
  for (let begin = 0; begin + MEMORY_IMPORT.length <= bytes.length; begin += 1) {
    if (MEMORY_IMPORT.every((byte, i) => bytes[begin + i] === byte)) return begin + MEMORY_IMPORT.length;
  }
  return 1; // not one of our modules: compiling it fails
}
