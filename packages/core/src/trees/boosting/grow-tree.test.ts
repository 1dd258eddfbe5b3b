import { describe, expect, it } from 'vitest';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import { binMatrix } from '../binning/binned-matrix.js';
import { fillDerivatives, gridRounder } from './gradients.js';
import { createGrowMemory, growTree } from './grow-tree.js';
import type { GrowLimits, GrownNode, GrownTree } from './grow-tree.js';

const rows = 300;
const { matrix, classIndexes } = sampleProblem(5, rows, 4, { missing: 0.1 });
const binned = binMatrix(matrix, { maxBin: 32, minDataInBin: 3 });
const derivatives = [0, 1, 2].map(() => new Float64Array(2 * rows));
fillDerivatives(derivatives, new Float64Array(3 * rows).fill(1 / 3), classIndexes, new Float64Array(rows).fill(1), gridRounder(rows));
const limits: GrowLimits = { numLeaves: 12, maxDepth: -1, minDataInLeaf: 5, minSumHessianInLeaf: 1e-3, lambdaL1: 0, lambdaL2: 0, minGainToSplit: 0 };
const everyRow = (): Int32Array => Int32Array.from({ length: rows }, (_, row) => row);
const grow = (own: Partial<GrowLimits> = {}, order = everyRow()): GrownTree => growTree(binned, derivatives[0], order, [0, 1, 2, 3], { ...limits, ...own }, createGrowMemory(rows));

function nodes(node: GrownNode, depth = 0): { node: GrownNode; depth: number }[] {
  const below = [node.left, node.right].flatMap((child) => (child === undefined ? [] : nodes(child, depth + 1)));
  return [{ node, depth }, ...below];
}
const leaves = (tree: GrownTree) => nodes(tree.root).filter(({ node }) => node.split === undefined);

describe('growTree', () => {
  it('gives every row to exactly one leaf, by the splits on its way', () => {
    const tree = grow();
    expect([...tree.rows].sort((a, b) => a - b)).toEqual([...everyRow()]);
    expect(leaves(tree)).toHaveLength(12);
    expect(tree.leafCount).toBe(12);
    for (const { node } of nodes(tree.root)) {
      if (node.split === undefined) continue;
      const { feature, bin, isMissingLeft } = node.split;
      for (const [child, isLeft] of [[node.left, true], [node.right, false]] as const) {
        for (const row of tree.rows.subarray(child?.begin, child?.end)) {
          const own = binned.bins[row * 4 + feature];
          expect(own === binned.missingBins[feature] ? isMissingLeft : own <= bin).toBe(isLeft);
        }
      }
    }
  });

  it('gives a leaf the output -G / H of its rows', () => {
    const tree = grow();
    for (const { node } of leaves(tree)) {
      let gradient = 0;
      let hessian = 0;
      for (const row of tree.rows.subarray(node.begin, node.end)) {
        gradient += derivatives[0][2 * row];
        hessian += derivatives[0][2 * row + 1];
      }
      expect(node.output).toBeCloseTo(-gradient / hessian, 12);
    }
  });

  it('is the same tree whatever the order of the rows, bit for bit', () => {
    const shape = (tree: GrownTree) => nodes(tree.root).map(({ node }) => [node.split, node.output, node.count]);
    expect(shape(grow({}, everyRow().reverse()))).toEqual(shape(grow()));
  });

  it('keeps its limits', () => {
    expect(leaves(grow({ minDataInLeaf: 60 })).every(({ node }) => node.count >= 60)).toBe(true);
    expect(Math.max(...leaves(grow({ maxDepth: 2 })).map(({ depth }) => depth))).toBe(2);
    expect(leaves(grow({ maxDepth: 2 }))).toHaveLength(4);
    expect(leaves(grow({ numLeaves: 2 }))).toHaveLength(2);
    expect(leaves(grow({ minGainToSplit: 1e9 }))).toHaveLength(1);
    expect(grow({ minGainToSplit: 1e9 }).root.output).toBe(0);
    expect(leaves(grow({ minDataInLeaf: 151 }))).toHaveLength(1);
  });

  it('splits the leaf with the largest gain first', () => {
    const gains = (numLeaves: number) => nodes(grow({ numLeaves }).root).flatMap(({ node }) => (node.split ? [node.split.gain] : []));
    for (let numLeaves = 3; numLeaves < 10; numLeaves += 1) {
      const before = gains(numLeaves - 1);
      const added = gains(numLeaves).filter((gain) => !before.includes(gain));
      expect(added).toHaveLength(1);
      expect(gains(12).filter((gain) => !gains(numLeaves).includes(gain)).length).toBe(12 - numLeaves);
    }
  });
});
