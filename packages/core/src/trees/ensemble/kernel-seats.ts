// The memory that compiled ensembles are loaded into for WebAssembly. Every memory reserves gigabytes of addresses, and a search
// fits thousands of models, so a few memories are shared: an ensemble keeps its seat until others have taken it.
import { instantiateKernel } from '../kernels/instantiate-kernel.js';
import { PREDICTION_WASM } from '../kernels/prediction-wasm.js';
import type { PredictionExports, PredictionKernel } from './section-runner.js';

export interface KernelSeat {
  readonly kernel: PredictionKernel;
  /** Goes up when the seat is given to another: who finds it changed has lost the seat. */
  turn: number;
}

/** Enough for the models of a bundle, each in a section or two. */
const SEATS = 8;
const seats: KernelSeat[] = [];
let next = 0;

/** Largest memory, in bytes, that is worth sharing: a larger one would be kept for ever. */
const LARGEST_SHARED = 2 ** 25;

/** Whether this engine has WebAssembly with SIMD. */
export function hasKernels(): boolean {
  return seats.length > 0 || takeSeat(0) !== undefined;
}

/** A seat for `bytes` of tables, which others may take later; undefined where this engine has no WebAssembly with SIMD. */
export function takeSeat(bytes: number): KernelSeat | undefined {
  if (bytes > LARGEST_SHARED) return createSeat();
  if (seats.length < SEATS) {
    const seat = createSeat();
    if (seat !== undefined) seats.push(seat);
    return seat;
  }
  const seat = seats[next];
  next = (next + 1) % SEATS;
  seat.turn += 1;
  return seat;
}

/** A seat that nobody else will take; undefined as for takeSeat. */
export function createSeat(): KernelSeat | undefined {
  const kernel = instantiateKernel<PredictionExports>(PREDICTION_WASM);
  return kernel && { kernel, turn: 0 };
}
