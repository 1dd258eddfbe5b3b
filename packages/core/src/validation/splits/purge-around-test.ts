// The training rows that stay when test blocks lie in the middle of them: purge before each block, purge and embargo after it.
// (López de Prado, Advances in Financial Machine Learning, 7.4.1 and 7.4.2; here everything is counted in bars.)
import type { RowSpans } from './row-spans.js';

/** Row positions of a test block without gaps: from `start` up to, not including, `end`. */
export interface TestBlock {
  readonly start: number;
  readonly end: number;
}

/**
 * The positions outside all `blocks` that share no bar with any of them, ascending. `spans` are checked by the caller.
 * Before a block a row goes when its label reaches the block's first bar. After it a row goes when its bar is at most the
 * largest label end of the block plus `embargoBars`: that row's features see bars that test labels are made of.
 */
export function purgeAroundTest({ rows, spanEnd }: RowSpans, blocks: readonly TestBlock[], embargoBars: number): Int32Array {
  const isDropped = new Uint8Array(rows.length);
  for (const { start, end } of blocks) {
    isDropped.fill(1, start, end);
    for (let row = 0; row < start; row += 1) if (spanEnd[row] >= rows[start]) isDropped[row] = 1;
    let lastBar = spanEnd[start];
    for (let row = start + 1; row < end; row += 1) lastBar = Math.max(lastBar, spanEnd[row]);
    lastBar += embargoBars;
    for (let row = end; row < rows.length && rows[row] <= lastBar; row += 1) isDropped[row] = 1;
  }
  const kept = new Int32Array(rows.length);
  let count = 0;
  for (let row = 0; row < rows.length; row += 1) {
    if (isDropped[row] === 1) continue;
    kept[count] = row;
    count += 1;
  }
  return kept.slice(0, count);
}

/** The positions of test blocks, in order. */
export function positionsOf(blocks: readonly TestBlock[]): Int32Array {
  const positions = new Int32Array(blocks.reduce((sum, { start, end }) => sum + end - start, 0));
  let at = 0;
  for (const { start, end } of blocks) for (let row = start; row < end; row += 1, at += 1) positions[at] = row;
  return positions;
}

/** Cuts `rowCount` rows into `parts` blocks in a row; the first blocks have one row more when they do not divide evenly. */
export function evenBlocks(rowCount: number, parts: number): readonly TestBlock[] {
  const least = Math.floor(rowCount / parts);
  const longer = rowCount % parts;
  return Array.from({ length: parts }, (_, part) => {
    const start = part * least + Math.min(part, longer);
    return { start, end: start + least + (part < longer ? 1 : 0) };
  });
}
