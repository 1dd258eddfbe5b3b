// The population stability index: how far the shares of bins have moved, as the Jeffreys divergence of two histograms.
import { optionError } from '../errors.js';
import { log } from '../numeric/log.js';

/** A bin without a row counts as half a row, as the logarithm of nothing is not finite. */
const EMPTY_BIN = 0.5;

/**
 * Σ (a − e) ln(a / e) over the bins, a and e being the shares of the two samples; 0 for equal shares. Bins that are empty in both count nothing.
 * @param expected rows by bin of the reference
 * @param actual rows by bin of the sample that is compared
 * @throws BAD_OPTION for unequal numbers of bins or a side without rows
 * @example populationStability([10, 10], [15, 5]) // 0.2747
 */
export function populationStability(expected: ArrayLike<number>, actual: ArrayLike<number>): number {
  if (expected.length !== actual.length) throw optionError('populationStability', 'actual', `as many bins as \`expected\` (${expected.length})`, actual.length);
  const expectedRows = sum(expected);
  const actualRows = sum(actual);
  if (!(expectedRows > 0 && actualRows > 0)) throw optionError('populationStability', 'actual', 'rows on both sides', `${expectedRows} and ${actualRows}`);
  let index = 0;
  for (let bin = 0; bin < expected.length; bin += 1) {
    if (expected[bin] === 0 && actual[bin] === 0) continue;
    const e = Math.max(expected[bin], EMPTY_BIN) / expectedRows;
    const a = Math.max(actual[bin], EMPTY_BIN) / actualRows;
    index += (a - e) * log(a / e);
  }
  return index;
}

function sum(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i += 1) total += counts[i];
  return total;
}
