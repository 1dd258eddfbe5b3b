// An ensemble in the layouts that predict fastest: bit masks where trees are small, else nodes of 8 bytes. Long ensembles are
// cut into sections, so that ranks fit in 16 bits and tables stay small.
import { nodesEnd } from './nodes-end.js';
import { createMaskSection } from './mask-section.js';
import { createNodeSection } from './node-section.js';
import { BLOCK_ROWS } from './section-runner.js';
import type { Section, SectionRunner } from './section-runner.js';
import { MOST_THRESHOLDS, rankThresholds } from './threshold-ranks.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/** Keeps the lines of a mask section under 65,536, and its map of ranks to lines within the second cache. */
const MOST_TREES = 512;

export interface CompileOptions {
  /** Whether WebAssembly will run it; JavaScript walks nodes faster than it reads masks. */
  readonly hasKernels: boolean;
}

/** The sections of an ensemble, in its order of trees; undefined where it fits in none (a tree with 65,534 thresholds of one feature). */
export function compileEnsemble(ensemble: TreeEnsemble, { hasKernels }: CompileOptions): readonly Section[] | undefined {
  if (ensemble.thresholds.some(Number.isNaN)) return undefined; // has no rank
  const sections: Section[] = [];
  for (let begin = 0; begin < ensemble.roots.length;) {
    const end = sectionEnd(ensemble, begin);
    const ranked = rankThresholds(ensemble, begin, end);
    const layout = ranked && ((hasKernels ? createMaskSection(ensemble, begin, end, ranked) : undefined) ?? createNodeSection(ensemble, begin, end, ranked));
    if (layout === undefined) return undefined;
    const { features, thresholds, starts } = ranked as NonNullable<typeof ranked>;
    sections.push({ begin, ranked: { features, thresholds, starts }, layout });
    begin = end;
  }
  return sections;
}

/** As many trees as cannot have too many thresholds of a feature; at least one. */
function sectionEnd(ensemble: TreeEnsemble, begin: number): number {
  const { features, roots } = ensemble;
  const last = Math.min(roots.length, begin + MOST_TREES);
  if (nodesEnd(ensemble, last - 1) - roots[begin] <= MOST_THRESHOLDS) return last;
  const splits = new Map<number, number>();
  for (let tree = begin; tree < last; tree += 1) {
    const end = nodesEnd(ensemble, tree);
    for (let node = roots[tree]; node < end; node += 1) {
      if (features[node] < 0) continue;
      const count = (splits.get(features[node]) ?? 0) + 1;
      if (count > MOST_THRESHOLDS && tree > begin) return tree;
      splits.set(features[node], count);
    }
  }
  return last;
}

/** Where rows come from: puts the values of `feature` in rows from `begin` up to `end` into `to` from `at` on. */
export type CopyValues = (feature: number, begin: number, end: number, to: Float64Array, at: number) => void;

/** Adds a section's trees to `sums` [rows × scores], block by block. */
export function runSection({ ranked }: Section, runner: SectionRunner, copy: CopyValues, sums: Float64Array, scores: number): void {
  const { features } = ranked;
  const rows = sums.length / scores;
  for (let begin = 0; begin < rows; begin += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, rows - begin);
    const from = begin * scores;
    for (let place = 0; place < features.length; place += 1) copy(features[place], begin, begin + count, runner.data, place * count);
    for (let i = 0; i < count * scores; i += 1) runner.sums[i] = sums[from + i];
    runner.run(count);
    for (let i = 0; i < count * scores; i += 1) sums[from + i] = runner.sums[i];
  }
}
