// Where the distance of one row stands among those of the training rows.
import { type DistributionReference, significant } from './distribution-reference.js';
import { upperQuantile } from './quantile.js';
import { nearestDistance } from './row-distance.js';
import { scaleValue } from './scale-values.js';

/** Further than this share of the training rows is unusual. */
const FAR = 0.99;
/** Fewer distances than this tell nothing about one in a hundred. */
const LEAST_DISTANCES = 100;

/** The distance of a row to the training rows. */
export interface DistanceRank {
  /** To the nearest row of the sample: the root of the mean squared difference, in spreads. */
  readonly distance: number;
  /** Share of the training rows that lie nearer to the others, 0 to 1. */
  readonly rank: number;
  /** The distance that 99 % of the training rows do not exceed. */
  readonly line: number;
  /** True beyond the line. */
  readonly isFar: boolean;
  /** When the nearest row was, in bars since the first training row. */
  readonly nearestBar: number;
}

/**
 * @param values [names] of the row
 * @param bar bars since the first training row
 * @returns undefined where the reference has too few distances, or no row far enough in time
 */
export function rankDistance({ centre, spread, sample }: DistributionReference, values: ArrayLike<number>, bar: number): DistanceRank | undefined {
  const { distances, bars, columns } = sample;
  if (distances === undefined || distances.length < LEAST_DISTANCES) return undefined;
  const scaled = centre.map((own, c) => scaleValue(values[c], own, spread[c]));
  const { distance, nearest } = nearestDistance(columns.map((column) => Float64Array.from(column, (value) => value ?? Number.NaN)), scaled, bars, bar);
  if (nearest < 0) return undefined;
  const rounded = significant(distance);
  const line = upperQuantile(distances, FAR);
  return { distance: rounded, rank: significant(distances.filter((own) => own < rounded).length / distances.length), line, isFar: rounded > line, nearestBar: bars[nearest] };
}
