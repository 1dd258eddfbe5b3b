import { describe, expect, it } from 'vitest';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import { JS_KERNELS } from './boosting-kernels.js';
import { createFitArrays } from './fit-arrays.js';
import { leavesOf } from './flatten-tree.js';
import { growTree } from './grow-tree.js';
import type { GrowLimits, GrownNode, GrownTree } from './grow-tree.js';
import { createHistogramPool } from './histogram-pool.js';
import { chooseSteps } from './quantize.js';

const rows = 300;
const { matrix, classIndexes } = sampleProblem(5, rows, 4, { missing: 0.1 });
const shape = { scoreCount: 3, numLeaves: 12, maxBin: 32, minDataInBin: 3 };
const arrays = createFitArrays(undefined, matrix, Float64Array.from(classIndexes), new Float64Array(rows).fill(1), shape);
JS_KERNELS.softmaxDerivatives(arrays.derivatives, 3, { gradientRounder: 0, hessianRounder: 0, factor: 1.5 });
JS_KERNELS.quantize(arrays.pairs, arrays.derivativesOf[0], rows, chooseSteps(rows, arrays.derivatives.sums[0], arrays.derivatives.sums[1]));

const limits: GrowLimits = { numLeaves: 12, maxDepth: -1, growPolicy: 'leaf-wise', minRows: 5, minHessian: 1, lambdaL1: 0, lambdaL2: 0, minGain: 0 };
const everyRow = (): Int32Array => Int32Array.from({ length: rows }, (_, row) => row);
const features = Int32Array.of(0, 1, 2, 3);
const site = { kernels: JS_KERNELS, groups: arrays.groups, spareRows: arrays.spareRows, histograms: arrays.histograms };
const grow = (own: Partial<GrowLimits> = {}, order = everyRow(), where = site): GrownTree => growTree(where, { pairs: arrays.pairs, rows: order, isEveryRow: false, features }, { ...limits, ...own });

function nodes(node: GrownNode, depth = 0): { node: GrownNode; depth: number }[] {
  const below = [node.left, node.right].flatMap((child) => (child === undefined ? [] : nodes(child, depth + 1)));
  return [{ node, depth }, ...below];
}
const shapeOf = (tree: GrownTree) => nodes(tree.root).map(({ node, depth }) => [node.split, node.begin, node.end, depth]);
const depths = (tree: GrownTree): number[] => nodes(tree.root).filter(({ node }) => node.split === undefined).map(({ depth }) => depth);
const counts = (tree: GrownTree): number[] => leavesOf(tree).map((leaf) => leaf.end - leaf.begin);

describe('growTree', () => {
  it('gives every row to exactly one leaf, by the splits on its way', () => {
    const tree = grow();
    expect([...tree.rows].sort((a, b) => a - b)).toEqual([...everyRow()]);
    expect(leavesOf(tree)).toHaveLength(12);
    expect(tree.leafCount).toBe(12);
    for (const { node } of nodes(tree.root)) {
      if (node.split === undefined) continue;
      const { feature, bin, isMissingLeft } = node.split;
      for (const [child, isLeft] of [[node.left, true], [node.right, false]] as const) {
        for (const row of tree.rows.subarray(child?.begin, child?.end)) {
          const own = arrays.binned.bins[feature * rows + row];
          expect(own === arrays.binned.missingBins[feature] ? isMissingLeft : own <= bin).toBe(isLeft);
        }
      }
    }
  });

  it('is the same tree whatever the order of the rows, bit for bit', () => {
    expect(shapeOf(grow({}, everyRow().reverse()))).toEqual(shapeOf(grow()));
  });

  it('is the same tree where there is hardly room for histograms', () => {
    const numbers = new Int32Array(arrays.histograms.take().length * 3);
    const histograms = createHistogramPool(numbers, numbers.length / 3);
    expect(shapeOf(grow({}, everyRow(), { ...site, histograms }))).toEqual(shapeOf(grow()));
    expect([histograms.take(), histograms.take(), histograms.take(), histograms.take()].filter(Boolean)).toHaveLength(3); // all came back
  });

  it('keeps its limits', () => {
    expect(Math.min(...counts(grow({ minRows: 60 })))).toBeGreaterThanOrEqual(60);
    expect(Math.max(...depths(grow({ maxDepth: 2 })))).toBe(2);
    expect(counts(grow({ maxDepth: 2 }))).toHaveLength(4);
    expect(counts(grow({ numLeaves: 2 }))).toHaveLength(2);
    expect(counts(grow({ minGain: 1e300 }))).toHaveLength(1);
    expect(counts(grow({ minRows: 151 }))).toHaveLength(1);
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

  it('splits depth by depth if asked to', () => {
    const byDepth = depths(grow({ growPolicy: 'depth-wise', numLeaves: 8 }));
    expect(Math.max(...byDepth) - Math.min(...byDepth)).toBeLessThanOrEqual(1);
    expect(Math.max(...depths(grow({ numLeaves: 8 })))).toBeGreaterThan(Math.max(...byDepth));
  });
});
