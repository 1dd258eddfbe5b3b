// Has the test seen enough to tell? Where nothing but one class occurs, being sure of it looks like skill, and the one event that would
// cost dearly has only not come yet. Losses of rare events are so skewed that no interval from few of them can be trusted.

/** Stretches of the test that must hold a row outside the most frequent class: eight independent events, roughly. */
export const LEAST_EVENT_BLOCKS = 8;

/**
 * In how many of consecutive stretches of `blockLength` rows some row is not of the most frequent class.
 * `labels`: [rows] of -1, 0, 1 in time order. `places`: [rows] of each row in time, ascending, where several rows may share one
 * (several markets); default: one row a place.
 * @example countEventBlocks([0, 0, 1, 1, 0, 0, 0, -1], 2) // 2
 */
export function countEventBlocks(labels: ArrayLike<number>, blockLength: number, places?: ArrayLike<number>): number {
  const counts = [0, 0, 0];
  for (let row = 0; row < labels.length; row += 1) counts[labels[row] + 1] += 1;
  const usual = counts.indexOf(Math.max(...counts)) - 1;
  let blocks = 0;
  let last = -1;
  for (let row = 0; row < labels.length; row += 1) {
    const block = Math.floor((places === undefined ? row : places[row]) / blockLength);
    if (labels[row] === usual || block === last) continue;
    blocks += 1;
    last = block;
  }
  return blocks;
}

/** True when a test over these rows can be trusted. Arguments as countEventBlocks. */
export function hasEnoughEvents(labels: ArrayLike<number>, blockLength: number): boolean {
  return countEventBlocks(labels, blockLength) >= LEAST_EVENT_BLOCKS;
}
