// Runs a section of trees over a block of rows: values become ranks, ranks pick leaves, leaves are added to the sums.
import { allocateArrays } from '../kernels/allocate-arrays.js';
import type { KernelInstance } from '../kernels/instantiate-kernel.js';
import { LINE_WORDS } from './mask-section.js';
import type { MaskSection } from './mask-section.js';
import { RANK_STEP } from './node-section.js';
import type { NodeSection } from './node-section.js';
import type { ThresholdRanks } from './threshold-ranks.js';
import { addWalked, rankPairs } from './walk-nodes.js';

/** A run of trees, laid out for prediction. */
export interface Section {
  /** The ensemble's number of its first tree. */
  readonly begin: number;
  /** What is known of the thresholds; the places and ranks of nodes are in `layout`. */
  readonly ranked: Pick<ThresholdRanks, 'features' | 'thresholds' | 'starts'>;
  readonly layout: MaskSection | NodeSection;
}

export interface SectionRunner {
  /** [used features × rows] for the caller to fill: values of the block, one feature after the other. */
  readonly data: Float64Array;
  /** [rows × scores], row by row, for the caller to fill and to read. */
  readonly sums: Float64Array;
  /** Adds the section's trees to the sums of `rows` rows, at most BLOCK_ROWS. */
  run(rows: number): void;
}

/** Rows that are taken through a section before the next ones: what is known of them stays in the processor's first caches. */
export const BLOCK_ROWS = 256;

/** The functions of packages/core/assembly/prediction.ts. */
export interface PredictionExports {
  rankRows(data: number, blockRows: number, thresholds: number, starts: number, features: number, ranks: number, rows: number): void;
  rankPairs(data: number, blockRows: number, thresholds: number, starts: number, features: number, ranks: number, rows: number): void;
  addMasked(
    ranks: number, features: number, rows: number,
    entryEnds: number, groups: number, entries: number, map: number, lines: number, scratch: number,
    laneBits: number, trees: number, values: number, outputs: number, sums: number, scores: number, slot: number,
  ): void;
  addWalked(
    ranks: number, features: number, rows: number,
    roots: number, trees: number, nodes: number, leafValues: number, scratch: number,
    values: number, outputs: number, sums: number, scores: number, slot: number,
  ): void;
}

export type PredictionKernel = KernelInstance<PredictionExports>;

/**
 * A runner in the memory of `kernel`, over whatever that held, so that earlier runners there are useless. Without a kernel it
 * works in JavaScript, which walks nodes faster than it reads masks and so has only the former.
 */
export function createSectionRunner(section: Section, scores: number, kernel: PredictionKernel | undefined): SectionRunner {
  if (section.layout.kind === 'nodes') return walkNodes(section, section.layout, scores, kernel);
  if (kernel === undefined) throw new TypeError('A section of masks needs a kernel.');
  return runMasks(section, section.layout, scores, kernel);
}

function runMasks({ begin, ranked }: Section, layout: MaskSection, scores: number, { exports, memory }: PredictionKernel): SectionRunner {
  const { laneBits, outputs, trees } = layout;
  const features = ranked.features.length;
  const arrays = allocateArrays(memory, {
    thresholds: ['float64', ranked.thresholds.length],
    starts: ['int32', ranked.starts.length],
    entryEnds: ['int32', layout.entryEnds.length],
    entries: ['int32', layout.entries.length],
    map: ['uint16', layout.map.length],
    lines: ['int32', layout.lines.length],
    values: ['float64', layout.values.length],
    data: ['float64', features * BLOCK_ROWS],
    ranks: ['uint16', features * BLOCK_ROWS],
    scratch: ['int32', 2 * LINE_WORDS],
    sums: ['float64', scores * BLOCK_ROWS],
  });
  arrays.thresholds.set(ranked.thresholds);
  arrays.starts.set(ranked.starts);
  for (const field of ['entryEnds', 'entries', 'map', 'lines', 'values'] as const) arrays[field].set(layout[field]);
  const { data, sums, thresholds, starts, ranks, entryEnds, entries, map, lines, scratch, values } = arrays;
  const slot = begin % scores;
  const groups = layout.entryEnds.length;
  return {
    data,
    sums,
    run(rows) {
      exports.rankRows(data.byteOffset, rows, thresholds.byteOffset, starts.byteOffset, features, ranks.byteOffset, rows);
      exports.addMasked(
        ranks.byteOffset, features, rows,
        entryEnds.byteOffset, groups, entries.byteOffset, map.byteOffset, lines.byteOffset, scratch.byteOffset,
        laneBits, trees, values.byteOffset, outputs, sums.byteOffset, scores, slot,
      );
    },
  };
}

function walkNodes({ begin, ranked }: Section, layout: NodeSection, scores: number, kernel: PredictionKernel | undefined): SectionRunner {
  const { outputs, trees } = layout;
  const features = ranked.features.length;
  const arrays = allocateArrays(kernel?.memory, {
    thresholds: ['float64', ranked.thresholds.length],
    starts: ['int32', ranked.starts.length],
    roots: ['int32', layout.roots.length],
    nodes: ['int32', layout.nodes.length],
    leafValues: ['int32', layout.leafValues.length],
    values: ['float64', layout.values.length],
    data: ['float64', features * BLOCK_ROWS],
    ranks: ['uint16', 2 * Math.max(1, features) * BLOCK_ROWS],
    scratch: ['int32', RANK_STEP / 2],
    sums: ['float64', scores * BLOCK_ROWS],
  });
  arrays.thresholds.set(ranked.thresholds);
  arrays.starts.set(ranked.starts);
  for (const field of ['roots', 'nodes', 'leafValues', 'values'] as const) arrays[field].set(layout[field]);
  const { data, sums, thresholds, starts, ranks, roots, nodes, leafValues, scratch, values } = arrays;
  const slot = begin % scores;
  if (kernel === undefined) {
    return { data, sums, run(rows) { rankPairs(arrays, rows); addWalked(arrays, layout, scores, slot, rows); } };
  }
  const { exports } = kernel;
  return {
    data,
    sums,
    run(rows) {
      exports.rankPairs(data.byteOffset, rows, thresholds.byteOffset, starts.byteOffset, features, ranks.byteOffset, rows);
      exports.addWalked(
        ranks.byteOffset, features, rows,
        roots.byteOffset, trees, nodes.byteOffset, leafValues.byteOffset, scratch.byteOffset,
        values.byteOffset, outputs, sums.byteOffset, scores, slot,
      );
    },
  };
}
