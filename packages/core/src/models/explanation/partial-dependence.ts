// How the probabilities change, on average, when one feature (or two) is set to a value and all others stay as they are
// (Friedman 2001, section 8.2), and how they change for each row (ICE curves: Goldstein et al. 2015, https://arxiv.org/abs/1309.6392).
// Where features hang together, some of the rows that are made up here never occur: read curves of such features with care.
import { ForecastLabError, optionError } from '../../errors.js';
import type { FeatureMatrix } from '../../features/feature-table.js';
import { CLASSES } from '../classifier.js';
import type { Classifier } from '../classifier.js';
import { selectRows } from '../select-rows.js';
import { gridValues } from './grid-values.js';

export interface PartialDependenceOptions {
  /** Values of each feature, finite or NaN (missing), in the order of the features. Default: see gridSize. */
  readonly grid?: readonly ArrayLike<number>[];
  /** Most values per feature where no grid is given, 2 to 1000; a feature with fewer distinct values takes those. Default: 50 for one feature, 15 for two. */
  readonly gridSize?: number;
  /** Quantiles of the feature, from 0 to 1, between which the values are taken. Default: [0.05, 0.95], as in scikit-learn. */
  readonly percentiles?: readonly [number, number];
  /** Average over at most so many rows, spread evenly. At least 1. Default: all rows. */
  readonly sampleRows?: number;
  /** Also give the curve of each row. Default: false. */
  readonly isIce?: boolean;
}

/** A point is one value of the feature, or one pair: those of the second feature change first. */
export interface PartialDependence {
  readonly features: readonly string[];
  /** Values of each feature, ascending unless given otherwise. */
  readonly grid: readonly Float64Array[];
  /** [points × 3] mean probabilities, row by row, in CLASSES order. */
  readonly average: Float64Array;
  /** [rows × points × 3] probabilities of each row; absent unless asked for. */
  readonly ice?: Float64Array;
  /** Positions of the rows that were averaged over. */
  readonly rows: Int32Array;
}

const MOST_GRID_VALUES = 1000;
const CLASS_COUNT = CLASSES.length;

/**
 * Partial dependence of a model's probabilities on one feature, or on two together, over the rows of `features`: give rows that the
 * model has not seen to see what it says of new ones. Costs one prediction of all rows per point. Any kind of model that looks at one row will do; a row's missing
 * value of the feature is replaced like any other.
 * @throws BAD_OPTION for an unknown feature or a bad option, BAD_DATA without rows or without values to make a grid of
 * @example partialDependence(model, testFeatures, 'rsi14').average // P(-1), P(0), P(+1) at each of the grid's values
 * @example partialDependence(model, testFeatures, ['rsi14', 'volatility21'], { gridSize: 10 }).average // 10 × 10 points
 */
export function partialDependence(model: Pick<Classifier, 'predictProba' | 'featureNames' | 'contextRows'>, features: FeatureMatrix, feature: string | readonly [string, string], options: PartialDependenceOptions = {}): PartialDependence {
  const names = typeof feature === 'string' ? [feature] : [...feature];
  if ((model.contextRows ?? 0) > 0) {
    throw new ForecastLabError('BAD_DATA', 'partialDependence: The model looks back on earlier rows, so that no row can be changed alone.', { hint: 'Use a kind of model that looks at one row, such as gbdt or mlp.' });
  }
  const grid = chooseGrid(model, features, names, options);
  const rows = chooseRows(features.length, options.sampleRows);
  const sample = selectRows(features, rows);
  const points = grid.reduce((count, values) => count * values.length, 1);
  const average = new Float64Array(points * CLASS_COUNT);
  const ice = options.isIce === true ? new Float64Array(rows.length * points * CLASS_COUNT) : undefined;
  for (let point = 0; point < points; point += 1) {
    const values = names.length === 1 ? [grid[0][point]] : [grid[0][Math.floor(point / grid[1].length)], grid[1][point % grid[1].length]];
    const probabilities = model.predictProba(hold(sample, names, values));
    probabilities.forEach((p, i) => {
      average[point * CLASS_COUNT + (i % CLASS_COUNT)] += p / rows.length;
      if (ice !== undefined) ice[(Math.floor(i / CLASS_COUNT) * points + point) * CLASS_COUNT + (i % CLASS_COUNT)] = p;
    });
  }
  return { features: names, grid, average, ...(ice === undefined ? {} : { ice }), rows };
}

/** The rows with some features at one value each. */
function hold(sample: FeatureMatrix, names: readonly string[], values: readonly number[]): FeatureMatrix {
  const columns = sample.columns.map((column, i) => {
    const place = names.indexOf(sample.names[i]);
    return place < 0 ? column : new Float64Array(sample.length).fill(values[place]);
  });
  return { ...sample, columns };
}

function chooseGrid(model: Pick<Classifier, 'featureNames'>, features: FeatureMatrix, names: readonly string[], options: PartialDependenceOptions): Float64Array[] {
  const where = 'partialDependence';
  const { gridSize = names.length === 1 ? 50 : 15, percentiles = [0.05, 0.95] } = options;
  if (names.length < 1 || names.length > 2 || names[0] === names[1]) throw optionError(where, 'feature', 'one name, or two that differ', names.join(', '));
  const unknown = names.find((name) => !model.featureNames.includes(name) || !features.names.includes(name));
  if (unknown !== undefined) throw optionError(where, 'feature', `a feature of the model and of the rows: ${model.featureNames.join(', ')}`, unknown);
  if (options.grid !== undefined) return checkGrid(options.grid, names);
  if (!Number.isInteger(gridSize) || gridSize < 2 || gridSize > MOST_GRID_VALUES) throw optionError(where, 'gridSize', `an integer from 2 to ${MOST_GRID_VALUES}`, gridSize);
  const [low, high] = percentiles;
  if (!(low >= 0 && low < high && high <= 1)) throw optionError(where, 'percentiles', 'two numbers from 0 to 1, the first below the second', `${low}, ${high}`);
  return names.map((name) => {
    const values = gridValues(features.columns[features.names.indexOf(name)], { gridSize, percentiles });
    if (values.length > 0) return values;
    throw new ForecastLabError('BAD_DATA', `${where}: the feature ${JSON.stringify(name)} has no value in any row.`, { hint: 'Give rows with values, or a `grid`.' });
  });
}

function checkGrid(grid: readonly ArrayLike<number>[], names: readonly string[]): Float64Array[] {
  const copies = grid.map((values) => Float64Array.from(values));
  const isGood = copies.length === names.length && copies.every((values) => values.length > 0 && values.every((value) => Math.abs(value) !== Infinity));
  if (!isGood) throw optionError('partialDependence', 'grid', `${names.length} list${names.length === 1 ? '' : 's'} of at least one value each, finite or NaN`, grid);
  return copies;
}

/** Positions of at most `most` rows, spread evenly. */
function chooseRows(rows: number, most = rows): Int32Array {
  if (rows === 0) throw new ForecastLabError('BAD_DATA', 'partialDependence: There must be at least one row. Got none.');
  if (!Number.isInteger(most) || most < 1) throw optionError('partialDependence', 'sampleRows', 'an integer of at least 1', most);
  const count = Math.min(rows, most);
  return Int32Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count));
}
