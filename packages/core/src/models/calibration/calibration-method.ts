// How probabilities are brought back to the shares that are really seen, and what a calibrated model tells about it.

/**
 * `none`: as the model gives them. `sigmoid`: Platt's logistic curve for each class, good with few rows. `isotonic`: a
 * free rising curve for each class, needs thousands of rows. `temperature`: one number that makes all classes more or less sure; it
 * keeps the most probable class and cannot mend shares that class weights have shifted.
 */
export const CALIBRATION_METHODS = ['none', 'sigmoid', 'isotonic', 'temperature'] as const;
export type CalibrationMethod = (typeof CALIBRATION_METHODS)[number];

/** What was done to a model's probabilities. JSON-safe. */
export interface CalibrationSummary {
  readonly method: Exclude<CalibrationMethod, 'none'>;
  /** Blocks of purged cross-validation that gave the out-of-fold probabilities. */
  readonly folds: number;
  /** Bars left out behind each test block. */
  readonly embargoBars: number;
  /** Rows with out-of-fold probabilities that the calibration was fitted on. */
  readonly rows: number;
}
