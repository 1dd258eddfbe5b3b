import { describe, expect, it } from 'vitest';
import { ForecastLabError } from '../../errors.js';
import { TreeEnsembleBuilder } from '../ensemble/tree-ensemble.js';
import type { TreeEnsemble } from '../ensemble/tree-ensemble.js';
import { sumTrees } from '../ensemble/predict.js';
import { addLinkedTree } from './linked-tree.js';

/** x <= 1 ? (x <= 0 ? 10 : 20) : 30, missing left, nodes in an order of their own; node 5 is not reached. */
const good = { features: [0, -1, -1, 0, -1, 0], thresholds: [1, 0, 0, 0, 0, 9], missingLeft: [1, 0, 0, 0, 0, 0], lefts: [3, -1, -1, 4, -1, 5], rights: [1, -1, -1, 2, -1, 5], covers: [0, 5, 2, 0, 0, 0], values: [0, 30, 20, 0, 10, 0] };

function build(own: Partial<typeof good> = {}): TreeEnsemble {
  const tree = { ...good, ...own };
  const builder = new TreeEnsembleBuilder(1);
  addLinkedTree(
    builder,
    { features: Int32Array.from(tree.features), thresholds: Float64Array.from(tree.thresholds), missingLeft: Uint8Array.from(tree.missingLeft), lefts: tree.lefts, rights: tree.rights, covers: Float64Array.from(tree.covers), values: Float64Array.from(tree.values) },
    1,
    (reason) => new ForecastLabError('CORRUPT', reason),
  );
  return builder.build();
}

describe('a tree of numbered nodes', () => {
  it('comes into depth-first order and gives the same values', () => {
    const trees = build();
    expect([...trees.features]).toEqual([0, 0, -1, -1, -1]);
    expect([...sumTrees(trees, [Float64Array.of(-1, 0, 0.5, 1, 2, Number.NaN)], 6, Float64Array.of(0))]).toEqual([10, 10, 20, 20, 30, 20]);
  });

  it('has the sums of its leaves as covers, none of them 0', () => {
    expect([...build().covers]).toEqual([7 + 1e-6, 2 + 1e-6, 1e-6, 2, 5]);
  });

  it('may be one leaf, and very deep', () => {
    expect(build({ features: [-1] }).features).toHaveLength(1);
    const depth = 100_000;
    const nodes = Array.from({ length: 2 * depth + 1 }, (_, node) => node);
    const isSplit = (node: number): boolean => node < depth;
    const deep = build({ features: nodes.map((node) => (isSplit(node) ? 0 : -1)), thresholds: nodes, missingLeft: nodes.map(() => 0), lefts: nodes.map((node) => node + 1), rights: nodes.map((node) => 2 * depth - node), covers: nodes, values: nodes });
    expect(deep.features).toHaveLength(2 * depth + 1);
  });

  it.each([
    ['a cycle', { lefts: [0, -1, -1, 4, -1, 5] }, 'node 0 has more than one way to it'],
    ['a cycle below', { rights: [1, -1, -1, 3, -1, 5] }, 'node 3 has more than one way to it'],
    ['two ways to a node', { rights: [1, -1, -1, 1, -1, 5] }, 'node 1 has more than one way to it'],
    ['a child outside', { rights: [6, -1, -1, 2, -1, 5] }, 'node 0 has a child 6 that is not there'],
    ['a negative child', { lefts: [-1, -1, -1, 4, -1, 5] }, 'node 0 has a child -1 that is not there'],
    ['half a child', { lefts: [3.5, -1, -1, 4, -1, 5] }, 'node 0 has a child 3.5 that is not there'],
    ['a feature outside', { features: [0, -1, -1, 1, -1, 0] }, 'node 3 splits on feature 1, of 1 from 0 on'],
  ])('is refused with %s', (_, own, message) => {
    expect(() => build(own)).toThrow(message);
  });
});
