// What a bundle keeps of how columns lay in training: shares of bins, a sample of rows, and how far stretches of consecutive training rows
// were from all of them. JSON-safe; numbers have 6 significant digits.

/** How far stretches of `rows` consecutive rows were from the reference; arrays have one number per name. */
export interface ReferenceWindows {
  /** Length of a stretch. */
  readonly rows: number;
  /** Stretches that were measured. */
  readonly windows: number;
  /** The population stability index that 95 % and 99 % of them did not exceed. */
  readonly psi95: readonly number[];
  readonly psi99: readonly number[];
  /** The same of the Kolmogorov-Smirnov statistic. */
  readonly ks95: readonly number[];
  readonly ks99: readonly number[];
  /** Columns beyond their own 99 % line at once: what 95 % and 99 % of the stretches did not exceed, and the most. */
  readonly beyond: readonly [number, number, number];
  /** The largest ratio of a column's statistic to its 99 % line, the same way. */
  readonly excess: readonly [number, number, number];
}

/** How named columns lay in training. */
export interface DistributionReference {
  /** Training rows. */
  readonly rows: number;
  readonly names: readonly string[];
  /** [names] centre and spread by which `sample` is scaled: the median, and the distance of the outer deciles in units in which it is 1 for the standard normal distribution. */
  readonly centre: readonly number[];
  readonly spread: readonly number[];
  /** [names][bins - 2] ascending, minimum, deciles and maximum: a bin ends with its edge, and lies behind the last one where training never was. */
  readonly edges: readonly (readonly number[])[];
  /** [names][bins] training rows by bin, those without a value last. */
  readonly counts: readonly (readonly number[])[];
  /** [names] most consecutive training rows with one and the same value, or without one. */
  readonly longestRun: readonly number[];
  readonly sample: {
    /** [rows] bars since the first training row, ascending; rows of several markets may share one. */
    readonly bars: readonly number[];
    /** [names][rows] (value - centre) / spread in whole hundredths; null is missing. */
    readonly columns: readonly (readonly (number | null)[])[];
    /** [rows] ascending: of each row to the nearest other one that is not near in time, see nearestDistance. Absent where rows are no points to compare. */
    readonly distances?: readonly number[] | undefined;
  };
  /** By length, ascending; none where there were too few rows. */
  readonly windows: readonly ReferenceWindows[];
}

/** 6 significant digits: more would say nothing, and a bundle is read as text. */
export function significant(value: number): number {
  return Number(value.toPrecision(6));
}
