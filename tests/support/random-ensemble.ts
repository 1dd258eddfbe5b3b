// Random trees and rows that sit on their thresholds, for tests of prediction.
import { createRandom } from '../../packages/core/src/numeric/random.js';
import type { Random } from '../../packages/core/src/numeric/random.js';
import { TreeEnsembleBuilder } from '../../packages/core/src/trees/ensemble/tree-ensemble.js';
import type { TreeEnsemble } from '../../packages/core/src/trees/ensemble/tree-ensemble.js';

export interface EnsembleShape {
  readonly seed: number;
  readonly trees: number;
  /** Trees have 1 to this many leaves. */
  readonly mostLeaves: number;
  readonly width: number;
  readonly outputs: number;
  /** Whether every split has a leaf on one side, so that the tree is as deep as it can be. Default: false. */
  readonly isChain?: boolean;
  /** Whether every tree has `mostLeaves`. Default: false. */
  readonly isFull?: boolean;
}

const ODD_NUMBERS = [0, 1, -1, 1e308, -1e308, Number.MAX_VALUE, 5e-324, -5e-324, 1 / 3, 2 ** 53];

/** Thresholds are often shared between trees, leaves have numbers whose sum depends on the order. */
export function randomEnsemble(shape: EnsembleShape): TreeEnsemble {
  const random = createRandom(shape.seed);
  const builder = new TreeEnsembleBuilder(shape.outputs);
  for (let tree = 0; tree < shape.trees; tree += 1) {
    builder.beginTree();
    addSubtrees(builder, random, shape, shape.isFull === true ? shape.mostLeaves : 1 + random.integer(shape.mostLeaves));
  }
  return builder.build();
}

/** Depth first without recursion: chains may be deeper than the stack. */
function addSubtrees(builder: TreeEnsembleBuilder, random: Random, { isChain, outputs, width }: EnsembleShape, leaves: number): void {
  const open: { leaves: number; parent?: number }[] = [{ leaves }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.parent !== undefined) builder.beginRight(next.parent);
    if (next.leaves === 1) {
      builder.addLeaf(Array.from({ length: outputs }, () => random.normal() * 10 ** (random.integer(20) - 10)), 1);
      continue;
    }
    const left = isChain === true ? (random.next() < 0.5 ? 1 : next.leaves - 1) : 1 + random.integer(next.leaves - 1);
    const threshold = random.next() < 0.2 ? ODD_NUMBERS[random.integer(ODD_NUMBERS.length)] : random.next() < 0.5 ? random.integer(9) - 4 : random.normal();
    const parent = builder.addSplit(random.integer(width), threshold, random.next() < 0.5, next.leaves);
    open.push({ leaves: next.leaves - left, parent }, { leaves: left });
  }
}

/** Columns [width] of [rows]: thresholds of the ensemble and their neighbours, missing, infinite, huge and tiny values. */
export function randomColumns(ensemble: TreeEnsemble, width: number, rows: number, seed: number): Float64Array[] {
  const random = createRandom(seed);
  const value = (): number => {
    const kind = random.integer(10);
    if (kind === 0) return Number.NaN;
    if (kind === 1) return [0, -0, Infinity, -Infinity, ...ODD_NUMBERS][random.integer(ODD_NUMBERS.length + 4)];
    if (kind < 4) return random.integer(9) - 4;
    const threshold = ensemble.thresholds[random.integer(ensemble.thresholds.length)];
    return kind < 6 ? threshold : kind < 8 ? threshold * (1 + (random.integer(3) - 1) * 2.3e-16) : random.normal();
  };
  return Array.from({ length: width }, () => Float64Array.from({ length: rows }, value));
}
