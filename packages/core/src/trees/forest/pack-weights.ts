// Class and weight of a row in one small number, for trees whose weights are whole, as those of a bootstrap are: the kernel then
// sorts rank, class and weight as one 32-bit number and looks up what a row moves from right to left.
import { PACKED_VALUES } from './forest-memory.js';
import type { ForestMemory } from './forest-memory.js';

/** Two bits for the class. */
const CLASS_BITS = 2;

/** Sums of weights stay below this, so that sums of their squares are exact in any order. */
const WHOLE_LIMIT = 2 ** 26;

/**
 * Fills `packed` and `moves` for the tree whose weights are in `weights`, and returns the bits that class and weight take; 0 where
 * they cannot be packed: more than four classes, weights that are not whole, or too large for 32 bits beside a rank.
 */
export function packWeights({ arrays, classes, rankCounts }: ForestMemory): number {
  const { classIndexes, weights, packed, moves } = arrays;
  let total = 0;
  let greatest = 0;
  for (let row = 0; row < weights.length; row += 1) {
    if (!Number.isInteger(weights[row])) return 0;
    total += weights[row];
    greatest = Math.max(greatest, weights[row]);
  }
  const bits = CLASS_BITS + bitsOf(greatest);
  const rankBits = bitsOf(rankCounts.reduce((most, count) => Math.max(most, count), 0));
  if (classes > 2 ** CLASS_BITS || total >= WHOLE_LIMIT || 2 ** bits > PACKED_VALUES || bits + rankBits > 32) return 0;
  for (let row = 0; row < weights.length; row += 1) packed[row] = classIndexes[row] | (weights[row] << CLASS_BITS);
  for (let value = 0; value < 2 ** bits; value += 1) {
    const weight = value >> CLASS_BITS;
    moves[8 * value + (value & (2 ** CLASS_BITS - 1))] = weight; // to the left of its class
    moves[8 * value + 4] = weight; // to the weight on the left
    moves[8 * value + 5] = -weight; // from the weight on the right
  }
  return bits;
}

/** Bits of numbers up to `greatest`. */
function bitsOf(greatest: number): number {
  return 32 - Math.clz32(greatest);
}
