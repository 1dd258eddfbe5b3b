// Checks any split of rows for leaks, whoever made it: a row knows the bars from its own to the end of its label, and training
// and test rows must have no bar in common. Knows nothing of how our own splits are purged, so that it can judge them.
import { optionError } from '../../errors.js';
import { checkRowSpans, type RowSpans } from './row-spans.js';

/**
 * 'test-row': the row is tested too. 'reaches-test': its label looks at the bar of a later test row.
 * 'inside-test-label': its bar is one that the label of an earlier test row looks at.
 */
export type LeakReason = 'test-row' | 'reaches-test' | 'inside-test-label';

export interface Leak {
  /** Position of the training row. */
  readonly row: number;
  /** Position of a test row that it shares bars with. */
  readonly testRow: number;
  readonly reason: LeakReason;
}

/**
 * Each training row whose bars [bar, spanEnd] meet those of a test row, by position ascending; none for a clean split.
 * `train` and `test` are row positions in any order. O(n log n) for n rows given.
 * @throws BAD_OPTION for a position without a row; BAD_DATA for rows out of order or a label that ends before its bar
 * @example findLeaks({ train: [0, 1, 4], test: [2] }, { rows: [0, 1, 2, 3, 4], spanEnd: [1, 2, 3, 4, 5] })
 * // → [{ row: 1, testRow: 2, reason: 'reaches-test' }]
 */
export function findLeaks(split: { readonly train: ArrayLike<number>; readonly test: ArrayLike<number> }, spans: RowSpans): readonly Leak[] {
  checkRowSpans('findLeaks', spans);
  const { rows, spanEnd } = spans;
  const train = sortedPositions('train', split.train, rows.length);
  const test = sortedPositions('test', split.test, rows.length);
  const isTest = new Uint8Array(rows.length);
  for (const row of test) isTest[row] = 1;
  const longest = longestSoFar(test, spanEnd);

  // Test rows are taken in as training labels reach further: of those that begin by then, the one that ends last decides.
  const leaks: Leak[] = [];
  let begun = 0;
  for (const row of train.slice().sort((a, b) => spanEnd[a] - spanEnd[b] || a - b)) {
    while (begun < test.length && rows[test[begun]] <= spanEnd[row]) begun += 1;
    if (isTest[row] === 1) {
      leaks.push({ row, testRow: row, reason: 'test-row' });
      continue;
    }
    if (begun === 0) continue;
    const testRow = longest[begun - 1];
    if (spanEnd[testRow] >= rows[row]) leaks.push({ row, testRow, reason: testRow > row ? 'reaches-test' : 'inside-test-label' });
  }
  return leaks.sort((a, b) => a.row - b.row);
}

/** Ascending, each once. */
function sortedPositions(name: string, positions: ArrayLike<number>, rowCount: number): Int32Array {
  for (let i = 0; i < positions.length; i += 1) {
    if (!Number.isSafeInteger(positions[i]) || positions[i] < 0 || positions[i] >= rowCount) throw optionError('findLeaks', name, `a list of row positions from 0 to ${rowCount - 1}`, positions[i]);
  }
  const sorted = Int32Array.from(positions).sort();
  return sorted.filter((position, i) => i === 0 || position !== sorted[i - 1]);
}

/** [test rows] for each of `test` the one up to it whose label ends last. */
function longestSoFar(test: Int32Array, spanEnd: ArrayLike<number>): Int32Array {
  const longest = test.slice();
  for (let i = 1; i < test.length; i += 1) if (spanEnd[longest[i - 1]] >= spanEnd[test[i]]) longest[i] = longest[i - 1];
  return longest;
}
