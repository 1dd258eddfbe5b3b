// A compiled ensemble with the memory that it runs in, made once it pays.
import { compileEnsemble, runSection } from './compiled-ensemble.js';
import type { CopyValues } from './compiled-ensemble.js';
import { createSeat, hasKernels, takeSeat } from './kernel-seats.js';
import type { KernelSeat } from './kernel-seats.js';
import { createSectionRunner } from './section-runner.js';
import type { Section, SectionRunner } from './section-runner.js';
import type { TreeEnsemble } from './tree-ensemble.js';

export interface EnsemblePredictor {
  /** Adds all trees to `sums` [rows × scores]. */
  add(copy: CopyValues, sums: Float64Array): void;
}

export interface EnsemblePredictorOptions {
  /** Scores per row; tree t adds to score t mod scores when leaves have one number. */
  readonly scores: number;
  /** `shared`: in memory that other ensembles may take over between calls. `own`: in memory of its own, for as long as it lives. `none`: without WebAssembly. Default: shared. */
  readonly memory?: 'shared' | 'own' | 'none';
}

/** Compiles an ensemble; undefined where it fits in no layout. */
export function createEnsemblePredictor(ensemble: TreeEnsemble, { scores, memory = 'shared' }: EnsemblePredictorOptions): EnsemblePredictor | undefined {
  const isKernel = memory !== 'none' && hasKernels();
  const sections = compileEnsemble(ensemble, { hasKernels: isKernel });
  if (sections === undefined) return undefined;
  const runners = sections.map((section) => seatSection(section, scores, isKernel ? memory : 'none'));
  return {
    add(copy, sums) {
      for (let i = 0; i < sections.length; i += 1) runSection(sections[i], runners[i](), copy, sums, scores);
    },
  };
}

/** The section's runner, loaded anew when others have taken its memory. */
function seatSection(section: Section, scores: number, memory: 'shared' | 'own' | 'none'): () => SectionRunner {
  let seat: KernelSeat | undefined;
  let turn = 0;
  let runner: SectionRunner | undefined;
  return () => {
    if (runner !== undefined && (seat === undefined || seat.turn === turn)) return runner;
    if (memory !== 'none') seat = memory === 'own' ? createSeat() : takeSeat(bytesOf(section));
    turn = seat?.turn ?? 0;
    runner = createSectionRunner(section, scores, seat?.kernel);
    return runner;
  };
}

function bytesOf({ layout, ranked }: Section): number {
  const tables = layout.kind === 'masks' ? [layout.map, layout.lines] : [layout.nodes, layout.leafValues];
  return [...tables, layout.values, ranked.thresholds].reduce((sum, table) => sum + table.byteLength, 0);
}

interface Known {
  readonly scores: number;
  /** Rows times trees that took the plain way. */
  walks: number;
  /** null: cannot be compiled. */
  predictor?: EnsemblePredictor | null;
}

const known = new WeakMap<TreeEnsemble, Known>();

/** Fewer trees than this are walked as fast as a row's ranks are found. */
const FEWEST_TREES = 8;

/** Compiling a node takes as long as this many walks through a tree. */
const WALKS_PER_NODE = 8;

/** The predictor of an ensemble that is about to predict `rows` more rows; undefined as long as walking its nodes is cheaper. */
export function predictorIfItPays(ensemble: TreeEnsemble, scores: number, rows: number): EnsemblePredictor | undefined {
  const trees = ensemble.roots.length;
  if (trees < FEWEST_TREES) return undefined;
  let own = known.get(ensemble);
  if (own === undefined || own.scores !== scores) known.set(ensemble, (own = { scores, walks: 0 }));
  if (own.predictor === undefined) {
    own.walks += rows * trees;
    if (own.walks < ensemble.features.length * WALKS_PER_NODE) return undefined;
    own.predictor = createEnsemblePredictor(ensemble, { scores }) ?? null;
  }
  return own.predictor ?? undefined;
}
