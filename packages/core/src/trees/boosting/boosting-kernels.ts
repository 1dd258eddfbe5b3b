// The hot loops of boosting as one set of functions, which exists twice: in TypeScript, here, and in WebAssembly
// (wasm-kernels.ts). Both take and give the same bits; a fit takes whichever set it is handed.
import { fillHistogram, subtractHistogram } from './histogram.js';
import { addToScores, sumLeaf } from './leaf-rows.js';
import { softmaxDerivatives } from './objectives/softmax-derivatives.js';
import { quantize } from './quantize.js';
import { partitionRows } from './row-partition.js';
import { findBestSplit } from './split-search.js';

/** All arrays that are passed must come from the `allocate` of the same set. */
export interface BoostingKernels {
  readonly fillHistogram: typeof fillHistogram;
  readonly subtractHistogram: typeof subtractHistogram;
  readonly findBestSplit: typeof findBestSplit;
  readonly partitionRows: typeof partitionRows;
  readonly quantize: typeof quantize;
  readonly sumLeaf: typeof sumLeaf;
  readonly addToScores: typeof addToScores;
  readonly softmaxDerivatives: typeof softmaxDerivatives;
}

/** The TypeScript set. */
export const JS_KERNELS: BoostingKernels = { fillHistogram, subtractHistogram, findBestSplit, partitionRows, quantize, sumLeaf, addToScores, softmaxDerivatives };
