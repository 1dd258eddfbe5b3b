// Kernels of prediction. The layouts that they read, and the same steps in TypeScript, are in packages/core/src/trees/ensemble/:
// threshold-ranks.ts, mask-section.ts, node-section.ts and section-runner.ts. Pointers are byte offsets.

/** Rows that node sections take side by side, so that waiting for the memory of one is work on another. */
const LANES = 8;
/** Fewer rows are walked one after the other. */
const FEWEST_LANES = 4;
/** A line of masks. */
const LINE_BITS = 512;
const LINE_BYTES = LINE_BITS / 8;
/** Numbers of a tree's leaves, when they are at most 32 with one number each. */
const TREE_BYTES = 32 * 8;
/** A rank above that of every split: missing values that go right. Leaves let nothing go right. */
const RIGHT_OF_ALL = 65535;

/** How many of the `count` thresholds are below `x`; 0 for NaN. Halves without branches: the number of steps depends on `count` alone. */
function countBelow(x: f64, thresholds: usize, count: i32): i32 {
  if (count == 0) return 0;
  let base = thresholds;
  let left = count;
  while (left > 1) {
    const half = left >> 1;
    const probe = base + (<usize>half << 3);
    base = load<f64>(probe - 8) < x ? probe : base;
    left -= half;
  }
  return (<i32>(base - thresholds) >> 3) + <i32>(load<f64>(base) < x);
}

/** Ranks [rows × features], NaN being the count of thresholds + 1, of `data` [features × blockRows]. */
export function rankRows(data: usize, blockRows: i32, thresholds: usize, starts: usize, features: i32, ranks: usize, rows: i32): void {
  const step = <usize>features << 1;
  for (let feature = 0; feature < features; feature += 1) {
    const from = load<i32>(starts + (<usize>feature << 2));
    const count = load<i32>(starts + (<usize>feature << 2), 4) - from;
    const own = thresholds + (<usize>from << 3);
    const column = data + (<usize>(feature * blockRows) << 3);
    let to = ranks + (<usize>feature << 1);
    for (let row = 0; row < rows; row += 1) {
      const x = load<f64>(column + (<usize>row << 3));
      store<u16>(to, x == x ? countBelow(x, own, count) : count + 1);
      to += step;
    }
  }
}

/** Ranks [rows / 8][features][2][8]: of the two, NaN is left of all splits in the first and right of all in the second. */
export function rankPairs(data: usize, blockRows: i32, thresholds: usize, starts: usize, features: i32, ranks: usize, rows: i32): void {
  const step = <usize>features << 5;
  for (let feature = 0; feature < features; feature += 1) {
    const from = load<i32>(starts + (<usize>feature << 2));
    const count = load<i32>(starts + (<usize>feature << 2), 4) - from;
    const own = thresholds + (<usize>from << 3);
    const column = data + (<usize>(feature * blockRows) << 3);
    for (let row = 0; row < rows; row += 1) {
      const x = load<f64>(column + (<usize>row << 3));
      const rank = countBelow(x, own, count);
      const to = ranks + <usize>(row >> 3) * step + (<usize>feature << 5) + (<usize>(row & 7) << 1);
      store<u16>(to, rank);
      store<u16>(to, x == x ? rank : RIGHT_OF_ALL, 16);
    }
  }
}

function leafOfLane(lanes: usize, lane: i32, laneBits: i32): i32 {
  if (laneBits == 32) return <i32>clz(load<u32>(lanes + (<usize>lane << 2)));
  if (laneBits == 64) return <i32>clz(load<u64>(lanes + (<usize>lane << 3)));
  if (laneBits == 16) return <i32>clz(<u32>load<u16>(lanes + (<usize>lane << 1))) - 16;
  return <i32>clz(<u32>load<u8>(lanes + <usize>lane)) - 24;
}

/** The number of the leaf that a 32-bit lane names; `values` are those of its tree. */
function numberOf(lanes: usize, lane: i32, values: usize): f64 {
  return load<f64>(values + (<usize>clz(load<u32>(lanes + (<usize>lane << 2))) << 3));
}

/** addLanes for three scores and 32 bits, LightGBM's default: the sums stay in registers, each tree adding to the next of the three. */
function addLanesToThree(lanes: usize, trees: i32, values: usize, sums: usize, slot: i32): void {
  const first = sums + (<usize>slot << 3);
  const second = sums + (<usize>(slot == 2 ? 0 : slot + 1) << 3);
  const third = sums + (<usize>(slot == 0 ? 2 : slot - 1) << 3);
  let a = load<f64>(first);
  let b = load<f64>(second);
  let c = load<f64>(third);
  let lane = 0;
  for (; lane + 2 < trees; lane += 3) {
    a += numberOf(lanes, lane, values);
    b += numberOf(lanes, lane + 1, values + TREE_BYTES);
    c += numberOf(lanes, lane + 2, values + 2 * TREE_BYTES);
    values += 3 * TREE_BYTES;
  }
  if (lane < trees) a += numberOf(lanes, lane, values);
  if (lane + 1 < trees) b += numberOf(lanes, lane + 1, values + TREE_BYTES);
  store<f64>(first, a);
  store<f64>(second, b);
  store<f64>(third, c);
}

/** Adds the leaves that `lanes` names in a group's trees, whose first belongs to score `slot`, to the sums of one row. */
function addLanes(lanes: usize, laneBits: i32, trees: i32, values: usize, outputs: i32, sums: usize, scores: i32, slot: i32): void {
  if (outputs == 1 && scores == 3 && laneBits == 32) {
    addLanesToThree(lanes, trees, values, sums, slot);
    return;
  }
  const treeBytes = <usize>(laneBits * outputs) << 3;
  const end = sums + (<usize>scores << 3);
  let sum = sums + (<usize>slot << 3);
  for (let lane = 0; lane < trees; lane += 1) {
    const leaf = values + (<usize>(leafOfLane(lanes, lane, laneBits) * outputs) << 3);
    for (let output: usize = 0; output < <usize>outputs << 3; output += 8) {
      store<f64>(sum + output, load<f64>(sum + output) + load<f64>(leaf + output));
    }
    values += treeBytes;
    if (outputs == 1) {
      sum += 8;
      if (sum == end) sum = sums;
    }
  }
}

/** Where the line of an entry begins for a row with these ranks. */
function lineOf(entry: usize, ranks: usize, map: usize, lines: usize): usize {
  const rank = <usize>load<u16>(ranks + (<usize>load<u32>(entry) << 1));
  return lines + (<usize>load<u16>(map + ((<usize>load<u32>(entry, 4) + rank) << 1)) << 6);
}

/** The AND of the lines that the entries from `first` up to `last` pick for one row. */
function andLines(first: usize, last: usize, ranks: usize, map: usize, lines: usize, lanes: usize): void {
  let a = i32x4.splat(-1);
  let b = a;
  let c = a;
  let d = a;
  for (let entry = first; entry < last; entry += 8) {
    const line = lineOf(entry, ranks, map, lines);
    a = v128.and(a, v128.load(line));
    b = v128.and(b, v128.load(line, 16));
    c = v128.and(c, v128.load(line, 32));
    d = v128.and(d, v128.load(line, 48));
  }
  v128.store(lanes, a);
  v128.store(lanes, b, 16);
  v128.store(lanes, c, 32);
  v128.store(lanes, d, 48);
}

/** The same for two rows: their entries are read once, and their leaves are added while others wait. */
function andLinesOfTwo(first: usize, last: usize, ranks: usize, nextRanks: usize, map: usize, lines: usize, lanes: usize): void {
  let a = i32x4.splat(-1);
  let b = a;
  let c = a;
  let d = a;
  let e = a;
  let f = a;
  let g = a;
  let h = a;
  for (let entry = first; entry < last; entry += 8) {
    const line = lineOf(entry, ranks, map, lines);
    a = v128.and(a, v128.load(line));
    b = v128.and(b, v128.load(line, 16));
    c = v128.and(c, v128.load(line, 32));
    d = v128.and(d, v128.load(line, 48));
    const other = lineOf(entry, nextRanks, map, lines);
    e = v128.and(e, v128.load(other));
    f = v128.and(f, v128.load(other, 16));
    g = v128.and(g, v128.load(other, 32));
    h = v128.and(h, v128.load(other, 48));
  }
  v128.store(lanes, a);
  v128.store(lanes, b, 16);
  v128.store(lanes, c, 32);
  v128.store(lanes, d, 48);
  v128.store(lanes, e, 64);
  v128.store(lanes, f, 80);
  v128.store(lanes, g, 96);
  v128.store(lanes, h, 112);
}

/** Adds all trees of a mask section to `sums` [rows × scores]; its first tree belongs to score `slot`. */
export function addMasked(
  ranks: usize, features: i32, rows: i32,
  entryEnds: usize, groups: i32, entries: usize, map: usize, lines: usize, scratch: usize,
  laneBits: i32, trees: i32, values: usize, outputs: i32, sums: usize, scores: i32, slot: i32,
): void {
  const lanes = LINE_BITS / laneBits;
  const rankBytes = <usize>features << 1;
  const sumBytes = <usize>scores << 3;
  let first = entries;
  for (let group = 0; group < groups; group += 1) {
    const last = entries + (<usize>load<i32>(entryEnds + (<usize>group << 2)) << 3);
    const here = min(lanes, trees - group * lanes);
    const own = values + (<usize>(group * lanes * laneBits * outputs) << 3);
    const at = outputs == 1 ? (slot + group * lanes) % scores : 0;
    let row = 0;
    for (; row + 1 < rows; row += 2) {
      const ranksOfRow = ranks + <usize>row * rankBytes;
      andLinesOfTwo(first, last, ranksOfRow, ranksOfRow + rankBytes, map, lines, scratch);
      addLanes(scratch, laneBits, here, own, outputs, sums + <usize>row * sumBytes, scores, at);
      addLanes(scratch + LINE_BYTES, laneBits, here, own, outputs, sums + <usize>(row + 1) * sumBytes, scores, at);
    }
    if (row < rows) {
      andLines(first, last, ranks + <usize>row * rankBytes, map, lines, scratch);
      addLanes(scratch, laneBits, here, own, outputs, sums + <usize>row * sumBytes, scores, at);
    }
    first = last;
  }
}

/** The next node of one row: a node is { u16 place of the rank, u16 rank, u32 left child }, the right child beside the left. */
function step(nodes: usize, at: usize, ranks: usize, lane: usize): usize {
  const node = nodes + at;
  return <usize>load<u32>(node, 4) + (<usize>(load<u16>(ranks + <usize>load<u16>(node) + (lane << 1)) > load<u16>(node, 2)) << 3);
}

/** Byte offsets of the leaves of one tree that 8 rows reach. A leaf is its own child, so that rows may arrive at different times. */
function walk(nodes: usize, ranks: usize, leaves: usize): void {
  let a: usize = 0, b: usize = 0, c: usize = 0, d: usize = 0, e: usize = 0, f: usize = 0, g: usize = 0, h: usize = 0;
  let moved: usize = 1;
  while (moved != 0) {
    a = step(nodes, a, ranks, 0); b = step(nodes, b, ranks, 1); c = step(nodes, c, ranks, 2); d = step(nodes, d, ranks, 3);
    e = step(nodes, e, ranks, 4); f = step(nodes, f, ranks, 5); g = step(nodes, g, ranks, 6); h = step(nodes, h, ranks, 7);
    const a2 = step(nodes, a, ranks, 0), b2 = step(nodes, b, ranks, 1), c2 = step(nodes, c, ranks, 2), d2 = step(nodes, d, ranks, 3);
    const e2 = step(nodes, e, ranks, 4), f2 = step(nodes, f, ranks, 5), g2 = step(nodes, g, ranks, 6), h2 = step(nodes, h, ranks, 7);
    moved = (a ^ a2) | (b ^ b2) | (c ^ c2) | (d ^ d2) | (e ^ e2) | (f ^ f2) | (g ^ g2) | (h ^ h2);
    a = a2; b = b2; c = c2; d = d2; e = e2; f = f2; g = g2; h = h2;
  }
  store<u32>(leaves, a); store<u32>(leaves, b, 4); store<u32>(leaves, c, 8); store<u32>(leaves, d, 12);
  store<u32>(leaves, e, 16); store<u32>(leaves, f, 20); store<u32>(leaves, g, 24); store<u32>(leaves, h, 28);
}

/** As `walk` for one of the 8 rows. */
function walkOne(nodes: usize, ranks: usize, lane: usize): u32 {
  let at: usize = 0;
  let next = step(nodes, at, ranks, lane);
  while (next != at) {
    at = next;
    next = step(nodes, at, ranks, lane);
  }
  return <u32>at;
}

/** Adds all trees of a node section to `sums` [rows × scores]; its first tree belongs to score `slot`. */
export function addWalked(
  ranks: usize, features: i32, rows: i32,
  roots: usize, trees: i32, nodes: usize, leafValues: usize, scratch: usize,
  values: usize, outputs: i32, sums: usize, scores: i32, slot: i32,
): void {
  for (let tree = 0; tree < trees; tree += 1) {
    const root = <usize>load<i32>(roots + (<usize>tree << 2));
    const own = nodes + (root << 3);
    const valuesAt = leafValues + (root << 2);
    const first = outputs == 1 ? (slot + tree) % scores : 0;
    for (let row = 0; row < rows; row += LANES) {
      const ranksOfRows = ranks + <usize>(row >> 3) * (<usize>features << 5);
      const here = min(LANES, rows - row);
      if (here >= FEWEST_LANES) walk(own, ranksOfRows, scratch);
      else for (let lane = 0; lane < here; lane += 1) store<u32>(scratch + (<usize>lane << 2), walkOne(own, ranksOfRows, lane));
      for (let lane = 0; lane < here; lane += 1) {
        const leaf = load<u32>(scratch + (<usize>lane << 2));
        const value = values + (<usize>load<i32>(valuesAt + (<usize>leaf >> 1)) << 3);
        const sum = sums + (<usize>((row + lane) * scores + first) << 3);
        for (let output: usize = 0; output < <usize>outputs << 3; output += 8) {
          store<f64>(sum + output, load<f64>(sum + output) + load<f64>(value + output));
        }
      }
    }
  }
}
