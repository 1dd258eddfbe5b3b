// Typed arrays for kernels: of WebAssembly memory, whose offsets are the pointers, or plain ones for the JavaScript path.
import type { WasmMemory } from './web-assembly.js';

const CONSTRUCTORS = { uint8: Uint8Array, uint16: Uint16Array, int32: Int32Array, float64: Float64Array } as const;
type ArrayType = keyof typeof CONSTRUCTORS;

/** Type and length of each array, by name. */
export type ArrayPlan = Readonly<Record<string, readonly [type: ArrayType, length: number]>>;
export type ArraysOf<Plan extends ArrayPlan> = { readonly [Name in keyof Plan]: InstanceType<(typeof CONSTRUCTORS)[Plan[Name][0]]> };

/** Arrays begin where a cache line begins, and end with a line of room: vector loads may read past the end. */
const LINE = 64;

/** What the RangeError says when WebAssembly's memory, 4 GB at most, does not hold the arrays: the caller then works in TypeScript. */
export const MEMORY_LIMIT = 'The arrays do not fit into the memory of WebAssembly (4 GB at most).';

const PAGE = 65536;

/**
 * Below this offset no array lies: a pointer of 0 is nothing, and from SCRATCH_OFFSET on kernels leave what they give back.
 * AssemblyScript would put constants there too: kernels must have none (tests/kernels.test.ts looks).
 */
const FIRST_OFFSET = 16_384;
export const SCRATCH_OFFSET = 1024;
export const SCRATCH_BYTES = FIRST_OFFSET - SCRATCH_OFFSET;

/**
 * All arrays of `plan`, zeroed. With `memory` they lie there, over whatever it held, and it grows to hold them, after which
 * older views of unshared memory are detached: plan everything that lives together at once.
 * Throws RangeError when memory cannot grow so far.
 */
export function allocateArrays<Plan extends ArrayPlan>(memory: WasmMemory | undefined, plan: Plan): ArraysOf<Plan> {
  const places = new Map<string, number>();
  let end = FIRST_OFFSET;
  for (const [name, [type, length]] of Object.entries(plan)) {
    end = Math.ceil(end / LINE) * LINE;
    places.set(name, end);
    end += length * CONSTRUCTORS[type].BYTES_PER_ELEMENT + LINE;
  }
  const used = memory?.buffer.byteLength ?? 0;
  if (memory !== undefined && end > used) grow(memory, Math.ceil((end - used) / PAGE));
  const arrays: Record<string, unknown> = {};
  for (const [name, [type, length]] of Object.entries(plan)) {
    const make = CONSTRUCTORS[type];
    arrays[name] = memory === undefined ? new make(length) : new make(memory.buffer, places.get(name), length);
  }
  // fresh pages are zero; those that were there may not be
  if (memory !== undefined) new Uint8Array(memory.buffer, FIRST_OFFSET, Math.min(used, end) - FIRST_OFFSET).fill(0);
  return arrays as ArraysOf<Plan>;
}

/** Throws RangeError with MEMORY_LIMIT as its message where the engine cannot give so much. */
function grow(memory: WasmMemory, pages: number): void {
  try {
    memory.grow(pages);
  } catch (cause) {
    throw new RangeError(MEMORY_LIMIT, { cause });
  }
}
