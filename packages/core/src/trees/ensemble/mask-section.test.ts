import { expect, it } from 'vitest';
import { createMaskSection, LINE_WORDS } from './mask-section.js';
import { rankThresholds } from './threshold-ranks.js';
import type { ThresholdRanks } from './threshold-ranks.js';
import { TreeEnsembleBuilder } from './tree-ensemble.js';

/** x0 <= 1 ? (x1 <= 5 ? 10 : 20) : (x0 <= 2 ? 30 : 40); only the first split sends missing values right. */
function fourLeaves() {
  const builder = new TreeEnsembleBuilder(1);
  builder.beginTree();
  const root = builder.addSplit(0, 1, false, 4);
  const left = builder.addSplit(1, 5, true, 2);
  builder.addLeaf([10], 1);
  builder.beginRight(left);
  builder.addLeaf([20], 1);
  builder.beginRight(root);
  const right = builder.addSplit(0, 2, true, 2);
  builder.addLeaf([30], 1);
  builder.beginRight(right);
  builder.addLeaf([40], 1);
  return builder.build();
}

it('lines hold the leaves that a rank leaves standing, the leftmost as the highest bit', () => {
  const ensemble = fourLeaves();
  const section = createMaskSection(ensemble, 0, 1, rankThresholds(ensemble, 0, 1) as ThresholdRanks);
  expect(section).toMatchObject({ laneBits: 8, trees: 1, outputs: 1 });
  expect([...(section?.values ?? [])]).toEqual([10, 20, 30, 40, 0, 0, 0, 0]);
  expect([...(section?.entries ?? [])]).toEqual([0, 0, 1, 4]); // feature 0 has ranks 0, 1, 2 and missing before feature 1
  const standing = [...(section?.map ?? [])].map((line) => ((section?.lines[line * LINE_WORDS] ?? 0) & 0xff).toString(2).padStart(8, '0'));
  expect(standing).toEqual([
    '11111111', // x0 <= 1
    '00111111', // 1 < x0 <= 2: right of the root
    '00011111', // 2 < x0: right of both
    '00111111', // missing: right of the root, left of the other
    '11111111', // x1 <= 5
    '01111111', // 5 < x1
    '11111111', // missing
  ]);
});

it('leaves trees of more than 64 leaves, and groups that use too many features, to other layouts', () => {
  const chain = (leaves: number, featureOf: (split: number) => number) => {
    const builder = new TreeEnsembleBuilder(1);
    builder.beginTree();
    for (let split = 0; split < leaves - 1; split += 1) {
      const at = builder.addSplit(featureOf(split), split, true, leaves - split);
      builder.addLeaf([1], 1);
      builder.beginRight(at);
    }
    builder.addLeaf([2], 1);
    const ensemble = builder.build();
    return createMaskSection(ensemble, 0, 1, rankThresholds(ensemble, 0, 1) as ThresholdRanks)?.laneBits;
  };
  expect([8, 9, 16, 17, 32, 33, 64, 65].map((leaves) => chain(leaves, () => 0))).toEqual([8, 16, 16, 32, 32, 64, 64, undefined]);
  expect(chain(7, (split) => split)).toBe(8);
  expect(chain(8, (split) => split)).toBeUndefined();
});
