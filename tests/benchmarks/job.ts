// What a contender is told to do: the same words for our own process and for the peers in Python (peers/serve.py).

/** One piece of work. Every contender gets the same job; what its library calls things is its own business. */
export interface Job {
  /** 'fit': one fit. 'fit-folds': one fit per walk-forward fold. 'predict-batch': many rows at once. 'predict-one': one row per call. */
  readonly action: 'fit' | 'fit-folds' | 'predict-batch' | 'predict-one';
  readonly model: 'gbdt' | 'forest' | 'extra-trees';
  /** Boosting rounds, one tree per class each. */
  readonly rounds: number;
  /** For a hessian of classes / (classes - 1) × p (1 - p); libraries with another factor scale it (peers/serve.py). */
  readonly learningRate: number;
  readonly leaves: number;
  readonly maxBin: number;
  readonly minDataInLeaf: number;
  /** Trees of a forest. */
  readonly trees: number;
  /** Rows of a batch: the training rows, repeated or cut to this number. */
  readonly predictRows: number;
  /** Calls with one row each. */
  readonly calls: number;
  /** Rows of the fit that warms up, 0 for none. */
  readonly warmUpRows: number;
}

/** The settings of every comparison: 100 rounds or trees, 31 leaves, learning rate 0.1, 255 bins, 20 rows per leaf. */
export const STANDARD_JOB: Job = {
  action: 'fit',
  model: 'gbdt',
  rounds: 100,
  learningRate: 0.1,
  leaves: 31,
  maxBin: 255,
  minDataInLeaf: 20,
  trees: 100,
  predictRows: 100_000,
  calls: 2000,
  warmUpRows: 3000,
};

/** What a run took, in seconds: of the fit or batch, or, with several fits or calls, of the median one. */
export interface Timing {
  /** Processor time of the whole process, all threads. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

export interface Memory {
  /** Resident memory before the last run: interpreter, library and data. */
  readonly loadedMb: number;
  /** Its peak since then. */
  readonly peakMb: number;
}
