// Instances of the WebAssembly kernels that no fit uses just now: a search makes thousands of small fits.
import { createWasmKernels } from './wasm-kernels.js';
import type { KernelSet } from './wasm-kernels.js';

/** A larger memory is given back to the engine. */
const LARGEST_KEPT_BYTES = 2 ** 26;

let idle: KernelSet | undefined;

/** An instance of one's own until it is released; undefined where there is no WebAssembly with SIMD. */
export function takeKernels(): KernelSet | undefined {
  const taken = idle ?? createWasmKernels();
  idle = undefined;
  return taken;
}

/** Gives an instance back; what lay in its memory may be written over from now on. */
export function releaseKernels(set: KernelSet): void {
  if (set.memory !== undefined && set.memory.buffer.byteLength <= LARGEST_KEPT_BYTES) idle = set;
}
