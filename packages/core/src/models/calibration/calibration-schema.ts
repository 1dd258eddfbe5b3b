// The schemas of a stored calibration: bounds that keep every probability finite and above 0, whoever wrote the document.
import { z } from 'zod';
import type { CalibrationMap } from './calibration-map.js';
import type { CalibrationSummary } from './calibration-method.js';
import { HIGHEST_TEMPERATURE, LOWEST_TEMPERATURE } from './fit-temperature.js';

/** Far above what a fit on clipped log-odds can give, and far below what would overflow. */
const LARGEST_COEFFICIENT = 1e9;
/** A point per training row and one more would be the most. */
const MOST_POINTS = 10_000_000;
/** Below one row of a class among as many as there may be. */
const SMALLEST_PROBABILITY = 1e-12;

const coefficient = z.number().min(-LARGEST_COEFFICIENT).max(LARGEST_COEFFICIENT);
const count = z.number().int().min(0).max(2 ** 31 - 1);
const isAscending = (numbers: readonly number[]): boolean => numbers.every((value, i) => i === 0 || value > numbers[i - 1]);
const isNotDescending = (numbers: readonly number[]): boolean => numbers.every((value, i) => i === 0 || value >= numbers[i - 1]);

const floor = z.number().min(SMALLEST_PROBABILITY).max(1 / 3);
const sigmoidCurve = z.object({ slope: coefficient.min(0), intercept: coefficient });
const isotonicCurve = z
  .object({
    thresholds: z.array(z.number().min(0).max(1)).min(1).max(MOST_POINTS).refine(isAscending, 'must be strictly ascending'),
    values: z.array(z.number().min(SMALLEST_PROBABILITY).max(1)).min(1).max(MOST_POINTS).refine(isNotDescending, 'must not descend'),
  })
  .refine(({ thresholds, values }) => thresholds.length === values.length, 'must have as many values as thresholds');

/** The fitted curves of a calibrated model. */
export const calibrationMapSchema: z.ZodType<CalibrationMap> = z.discriminatedUnion('method', [
  z.object({ method: z.literal('sigmoid'), floor, curves: z.array(sigmoidCurve).length(3) }),
  z.object({ method: z.literal('isotonic'), floor, curves: z.array(isotonicCurve).length(3) }),
  z.object({ method: z.literal('temperature'), floor, temperature: z.number().min(LOWEST_TEMPERATURE).max(HIGHEST_TEMPERATURE) }),
]);

/** What meta.json and the document of a calibrated model say about it. */
export const calibrationSummarySchema: z.ZodType<CalibrationSummary> = z.object({
  method: z.enum(['sigmoid', 'isotonic', 'temperature']),
  folds: count.min(2),
  embargoBars: count,
  rows: count.min(1),
});
