// Who runs: a new contender is one line here, and its name in the tasks that it takes part in (tasks.ts).
import { fileURLToPath } from 'node:url';

export interface Contender {
  readonly name: string;
  /** As it stands in the table. */
  readonly title: string;
  readonly program: NodeProgram | PythonProgram;
  /** Most runs in one task, without warm-up: for those that need minutes. Default: as many as the task has. */
  readonly mostRuns?: number;
  /** Threads that it may use. Default: 1. */
  readonly threads?: number;
}

export interface NodeProgram {
  readonly kind: 'node';
  /** In contenders/. */
  readonly file: string;
  readonly args: readonly string[];
}

export interface PythonProgram {
  readonly kind: 'python';
  /** In peers/. */
  readonly file: string;
  readonly args: readonly string[];
  /** What must be importable. */
  readonly module: string;
  readonly howToGet: string;
}

const ours = (...args: readonly string[]): NodeProgram => ({ kind: 'node', file: 'ours.ts', args });
const sklearn = (model: string): PythonProgram => ({ kind: 'python', file: 'sklearn_peer.py', args: [model], module: 'sklearn', howToGet: 'apt-get install python3-sklearn' });

export const CONTENDERS: readonly Contender[] = [
  { name: 'ours', title: 'ForecastLab', program: ours('auto') },
  { name: 'ours-js', title: 'ForecastLab, pure JS', program: ours('js') },
  { name: 'ours-2-threads', title: 'ForecastLab, 2 threads', program: ours('auto', '2'), threads: 2 },
  { name: 'lightgbm', title: 'LightGBM', program: { kind: 'python', file: 'lightgbm_peer.py', args: [], module: 'lightgbm', howToGet: 'pip install lightgbm' } },
  { name: 'xgboost', title: 'XGBoost leaf-wise', program: { kind: 'python', file: 'xgboost_peer.py', args: [], module: 'xgboost', howToGet: 'apt-get install python3-xgboost' } },
  { name: 'hist-gradient-boosting', title: 'HistGradientBoosting', program: sklearn('gbdt') },
  { name: 'sklearn-forest', title: 'scikit-learn', program: sklearn('forest') },
  { name: 'ml-random-forest', title: 'ml-random-forest', program: { kind: 'node', file: 'ml-random-forest.ts', args: [] }, mostRuns: 1 },
];

/** ForecastLab with so many threads, for the costs against size. */
export function oursWithThreads(threads: number): Contender {
  return { name: `ours-${threads}-threads`, title: `ForecastLab, ${threads} threads`, program: ours('auto', String(threads)), threads };
}

/** Absolute path of a contender's program. */
export function programFile({ program }: Contender): string {
  return fileURLToPath(new URL(`./${program.kind === 'node' ? 'contenders' : 'peers'}/${program.file}`, import.meta.url));
}
