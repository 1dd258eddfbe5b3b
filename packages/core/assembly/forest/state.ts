// What all kernels of forests work on: numbers and pointers of the fit, set once, and how the next tree's weights are packed.

export let allRows: i32 = 0;
export let classes: i32 = 0;
/** Bytes per rank: 1, 2 or 4. */
export let rankBytes: i32 = 4;
export let minRows: i32 = 1;
export let minWeight: f64 = 0;
// pointers
export let table: usize = 0; // [features × rows] ranks, or values as f64
export let classIndexes: usize = 0; // u8 [rows]
export let weights: usize = 0; // f64 [rows]
export let draws: usize = 0; // i32 [rows]
export let sample: usize = 0; // i32, rows in the order of nodes
export let spare: usize = 0; // i32
export let nodeClasses: usize = 0; // u8
export let nodeWeights: usize = 0; // f64
export let nodeRanks: usize = 0; // i32
export let keys: usize = 0; // u64
export let otherKeys: usize = 0; // u64
export let buckets: usize = 0; // i32
export let order: usize = 0; // i32
export let sortedRanks: usize = 0; // i32
export let totals: usize = 0; // f64 [classes]
export let sides: usize = 0; // f64 [classes × 2], left and right of a class beside each other
export let histogram: usize = 0; // f64 [256 × classes]
export let rankRows: usize = 0; // i32 [256]
export let result: usize = 0; // f64 [4]
/** A tree of whole weights and at most four classes, of which class and weight are packed; 0 bits: not so. */
export let packedBits: i32 = 0;
export let packed: usize = 0; // i32 [rows] class, and weight above two bits
export let nodePacked: usize = 0; // i32
export let moves: usize = 0; // f64 [2^packedBits × 8]: weight at the place of the class (4), weight, -weight

export function setUp(
  rowCount: i32, classCount: i32, bytesPerRank: i32, fewestRows: i32, leastWeight: f64, tableAt: usize, classIndexesAt: usize, weightsAt: usize, drawsAt: usize, sampleAt: usize,
  spareAt: usize, nodeClassesAt: usize, nodeWeightsAt: usize, nodeRanksAt: usize, keysAt: usize, otherKeysAt: usize, bucketsAt: usize, orderAt: usize, sortedRanksAt: usize,
  totalsAt: usize, sidesAt: usize, histogramAt: usize, rankRowsAt: usize, resultAt: usize, packedAt: usize, nodePackedAt: usize, movesAt: usize,
): void {
  allRows = rowCount;
  classes = classCount;
  rankBytes = bytesPerRank;
  minRows = fewestRows;
  minWeight = leastWeight;
  table = tableAt;
  classIndexes = classIndexesAt;
  weights = weightsAt;
  draws = drawsAt;
  sample = sampleAt;
  spare = spareAt;
  nodeClasses = nodeClassesAt;
  nodeWeights = nodeWeightsAt;
  nodeRanks = nodeRanksAt;
  keys = keysAt;
  otherKeys = otherKeysAt;
  buckets = bucketsAt;
  order = orderAt;
  sortedRanks = sortedRanksAt;
  totals = totalsAt;
  sides = sidesAt;
  histogram = histogramAt;
  rankRows = rankRowsAt;
  result = resultAt;
  packed = packedAt;
  nodePacked = nodePackedAt;
  moves = movesAt;
  packedBits = 0;
}

/** For the next tree: how many bits class and weight take together, or 0 when weights are not whole or there are more classes. */
export function setPacked(bits: i32): void {
  packedBits = bits;
}
