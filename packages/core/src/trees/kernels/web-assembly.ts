// The few parts of WebAssembly that kernels need, typed here because pure code has neither the browser's types nor Node's.

/** Memory of an instance; `buffer` is a SharedArrayBuffer where it is shared. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  /** Adds pages of 64 kB. Views of unshared memory are useless afterwards. */
  grow(pages: number): number;
}

interface WebAssemblyHost {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
  readonly Memory: new (limits: { initial: number; maximum: number; shared?: boolean }) => WasmMemory;
}

/** WebAssembly of this engine; undefined where there is none. */
export function webAssembly(): WebAssemblyHost | undefined {
  return (globalThis as { WebAssembly?: WebAssemblyHost }).WebAssembly;
}
