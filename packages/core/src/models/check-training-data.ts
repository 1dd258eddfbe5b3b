// The checks that every kind of model makes before it is fitted, in one place so that all kinds refuse the same data.
import { ForecastLabError } from '../errors.js';
import type { FeatureMatrix } from '../features/feature-table.js';
import type { TrainingData } from './classifier.js';
import { checkOffsets } from './offsets.js';

/** Names and column lengths of a feature matrix agree; names are unique and not empty. Throws BAD_DATA. */
export function checkFeatureMatrix(where: string, features: FeatureMatrix): void {
  const { names, columns, length } = features;
  if (!Number.isInteger(length) || length < 0) {
    throw badData(where, `The \`length\` of the feature matrix must be a whole number of rows. Got ${String(length)}.`);
  }
  if (names.length === 0) throw badData(where, 'There must be at least one feature. Got none.');
  if (names.length !== columns.length) {
    throw badData(where, `Each feature must have one name and one column. Got ${names.length} names and ${columns.length} columns.`);
  }
  const seen = new Set<string>();
  names.forEach((name, index) => {
    if (typeof name !== 'string' || name === '') throw badData(where, `Feature ${index} must have a name that is not empty.`);
    if (seen.has(name)) throw badData(where, `Feature names must be unique. Got ${JSON.stringify(name)} twice.`);
    seen.add(name);
    const rows = columns[index]?.length ?? 0;
    if (rows !== length) throw badData(where, `Column ${JSON.stringify(name)} must have ${length} rows. Got ${rows}.`);
  });
}

/**
 * Refuses training data that no model can be fitted on: no rows, lengths that differ, labels other than -1, 0, 1,
 * infinite feature values (NaN is allowed: missing), weights that are negative, not finite, or all zero, offsets that are not three
 * usable numbers per row.
 * `where` is the name of the caller for the message. Throws BAD_DATA.
 */
export function checkTrainingData(where: string, data: TrainingData): void {
  const { features, labels, sampleWeights } = data;
  checkFeatureMatrix(where, features);
  const rows = features.length;
  if (rows === 0) {
    throw badData(where, 'There must be at least one training row. Got none.', 'Give more bars: warm-up rows, unlabelled rows and purged rows do not count.');
  }
  if (labels.length !== rows) throw badData(where, `There must be one label per row. Got ${labels.length} labels for ${rows} rows.`);
  for (let row = 0; row < rows; row += 1) {
    const label = labels[row];
    if (label !== -1 && label !== 0 && label !== 1) throw badData(where, `Labels must be -1, 0 or 1. Got ${label} in row ${row}.`);
  }
  features.columns.forEach((column, index) => {
    for (let row = 0; row < rows; row += 1) {
      const value = column[row];
      if (value === Infinity || value === -Infinity) {
        throw badData(where, `Feature ${JSON.stringify(features.names[index])} must be finite or NaN. Got ${value} in row ${row}.`, 'Turn infinite values into NaN (missing) or mend the feature.');
      }
    }
  });
  for (const [name, column] of Object.entries({ rows: data.rows, spanEnd: data.spanEnd })) {
    if (column !== undefined && column.length !== rows) throw badData(where, `There must be one bar index per row in \`${name}\`. Got ${column.length} for ${rows} rows.`);
  }
  if (sampleWeights !== undefined) checkWeights(where, sampleWeights, rows);
  if (data.offsets !== undefined) checkOffsets(where, data.offsets, rows);
  if (data.markets !== undefined) checkMarkets(where, data.markets, rows);
}

function checkMarkets(where: string, { symbols, symbolIndex }: NonNullable<TrainingData['markets']>, rows: number): void {
  if (symbolIndex.length !== rows) throw badData(where, `There must be one market per row. Got ${symbolIndex.length} for ${rows} rows.`);
  const strange = symbolIndex.findIndex((market) => market < 0 || market >= symbols.length);
  if (strange >= 0) throw badData(where, `Markets must be from 0 to ${symbols.length - 1}. Got ${symbolIndex[strange]} in row ${strange}.`);
}

function checkWeights(where: string, weights: Float64Array, rows: number): void {
  if (weights.length !== rows) throw badData(where, `There must be one sample weight per row. Got ${weights.length} for ${rows} rows.`);
  let isAllZero = true;
  for (let row = 0; row < rows; row += 1) {
    const weight = weights[row];
    if (!(weight >= 0 && weight < Infinity)) {
      throw badData(where, `Sample weights must be finite and not negative. Got ${weight} in row ${row}.`);
    }
    if (weight > 0) isAllZero = false;
  }
  if (isAllZero) throw badData(where, 'At least one sample weight must be above zero. All are zero.');
}

function badData(where: string, message: string, hint?: string): ForecastLabError {
  return new ForecastLabError('BAD_DATA', `${where}: ${message}`, { ...(hint === undefined ? {} : { hint }), details: { where } });
}
