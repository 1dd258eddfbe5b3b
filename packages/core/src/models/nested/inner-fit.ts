// Fits and predicts a model inside of another: parts of the training rows, offsets only where the kind takes them, and no label
// that reaches into rows which the model inside keeps back to validate on.
import type { TestBlock } from '../../validation/splits/purge-around-test.js';
import type { Classifier, ClassifierKind, FitOptions, TrainingData } from '../classifier.js';
import { selectMarkets } from '../markets/market-offsets.js';
import { selectRows } from '../select-rows.js';

/** The rows at `positions`. */
export function takeRows(data: TrainingData, positions: Int32Array): TrainingData {
  const { features, labels, sampleWeights, offsets, rows, spanEnd } = data;
  return {
    features: selectRows(features, positions),
    labels: Int8Array.from(positions, (row) => labels[row]),
    ...(sampleWeights === undefined ? {} : { sampleWeights: Float64Array.from(positions, (row) => sampleWeights[row]) }),
    ...(offsets === undefined ? {} : { offsets: Float64Array.from({ length: 3 * positions.length }, (_, i) => offsets[3 * positions[Math.floor(i / 3)] + (i % 3)]) }),
    ...(rows === undefined ? {} : { rows: positions.map((row) => rows[row]) }),
    ...(spanEnd === undefined ? {} : { spanEnd: positions.map((row) => spanEnd[row]) }),
    ...selectMarkets(data, positions),
  };
}

/** Fits `kind`, without the offsets when it takes none, and with a validation gap as long as the labels where it validates. */
export function fitInside(kind: ClassifierKind, data: TrainingData, options: FitOptions): Classifier {
  const { offsets, ...plain } = data;
  const part = offsets === undefined || kind.takesOffsets === true ? data : plain;
  const { params } = options;
  const isGapMissing = kind.needsValidationGap?.(params) === true && (params === undefined || !Object.hasOwn(params, 'validationGap'));
  return kind.fit(part, isGapMissing ? { ...options, params: { ...params, validationGap: labelRows(data) } } : options);
}

/** Most rows behind a row whose bars its label still uses; 0 where spans are not known. */
function labelRows({ rows, spanEnd }: TrainingData): number {
  if (rows === undefined || spanEnd === undefined) return 0;
  let most = 0;
  let end = 0;
  for (let row = 0; row < rows.length; row += 1) {
    end = Math.max(end, row);
    while (end + 1 < rows.length && rows[end + 1] <= spanEnd[row]) end += 1;
    most = Math.max(most, end - row);
  }
  return most;
}

/** Probabilities [rows of the block × 3]; a model that looks back is given the rows before. */
export function predictBlock(model: Classifier, { features, offsets }: Pick<TrainingData, 'features' | 'offsets'>, { start, end }: TestBlock): Float64Array {
  const from = Math.max(0, start - (model.contextRows ?? 0));
  const part = { names: features.names, columns: features.columns.map((column) => column.subarray(from, end)), length: end - from };
  return model.predictProba(part, offsets?.subarray(3 * from, 3 * end)).slice(3 * (start - from));
}

/** Progress of fit `number` of `fits`, whatever each of them counts. */
export function innerProgress({ onIteration }: FitOptions, number: number, fits: number): Pick<FitOptions, 'onIteration'> {
  if (onIteration === undefined) return {};
  return { onIteration: (done, total) => onIteration(Math.floor(STEPS * (number + done / Math.max(total, 1))), STEPS * fits) };
}

/** Parts of a fit that are told apart in its progress. */
const STEPS = 100;
