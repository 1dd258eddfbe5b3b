// Gathers the rows of a node: enterNode of plain-operations.
import { f64At, i32At, putF64, putI32 } from './arrays';
import { classIndexes, classes, draws, moves, nodeClasses, nodePacked, nodeWeights, packed, packedBits, sample, totals, weights } from './state';

/** Gathers classes and weights of a node, sums them into `totals`, and returns how often its rows were drawn. */
export function enterNode(begin: i32, count: i32): f64 {
  if (packedBits > 0) return enterPacked(begin, count);
  const from = sample + (<usize>begin << 2);
  const toClasses = nodeClasses;
  const toWeights = nodeWeights;
  const sums = totals;
  memory.fill(sums, 0, <usize>classes << 3);
  let cover: i64 = 0;
  for (let i = 0; i < count; i += 1) {
    const row = i32At(from, i);
    const index = <i32>load<u8>(classIndexes + row);
    const weight = f64At(weights, row);
    store<u8>(toClasses + i, index);
    putF64(toWeights, i, weight);
    putF64(sums, index, f64At(sums, index) + weight);
    cover += i32At(draws, row);
  }
  return <f64>cover;
}

function enterPacked(begin: i32, count: i32): f64 {
  const from = sample + (<usize>begin << 2);
  let sum01 = f64x2.splat(0);
  let sum23 = f64x2.splat(0);
  let cover: i64 = 0;
  for (let i = 0; i < count; i += 1) {
    const row = i32At(from, i);
    const own = i32At(packed, row);
    putI32(nodePacked, i, own);
    const move = moves + (<usize>own << 6);
    sum01 = f64x2.add(sum01, v128.load(move));
    sum23 = f64x2.add(sum23, v128.load(move, 16));
    cover += i32At(draws, row);
  }
  v128.store(totals, sum01); // arrays end with room
  v128.store(totals, sum23, 16);
  return <f64>cover;
}
