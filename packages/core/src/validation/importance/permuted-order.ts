// A random order of rows, one by one or in blocks that keep neighbours together.
import type { Random } from '../../numeric/random.js';

/**
 * Positions 0 to rows - 1 in random order. The rows are laid in a circle that is cut at a random place, cut into blocks of `blockRows` (the
 * last may be shorter), and the blocks are shuffled; with a single block the rows only turn round.
 */
export function permutedOrder(rows: number, blockRows: number, random: Random): Int32Array {
  const blocks = Int32Array.from({ length: Math.ceil(rows / blockRows) }, (_, block) => block);
  for (let last = blocks.length - 1; last > 0; last -= 1) {
    const other = random.integer(last + 1);
    const moved = blocks[last];
    blocks[last] = blocks[other];
    blocks[other] = moved;
  }
  const offset = blockRows > 1 ? random.integer(rows) : 0;
  const order = new Int32Array(rows);
  let at = 0;
  for (const block of blocks) {
    const end = Math.min(rows, (block + 1) * blockRows);
    for (let row = block * blockRows; row < end; row += 1, at += 1) order[at] = (row + offset) % rows;
  }
  return order;
}
