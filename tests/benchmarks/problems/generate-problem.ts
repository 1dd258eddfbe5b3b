// A seeded problem of any size with three classes: a few features that matter, alone and together, copies of them with
// noise, and noise. Values are 32-bit floats, so that libraries that keep floats see what those that keep doubles see.
import { createRandom, type FeatureMatrix } from '@forecastlab/core';
import { CLASS_COUNT, type Problem } from './problem.js';

export interface GenerateOptions {
  /** Rows to fit on. */
  readonly rows: number;
  /** Rows to score on, drawn alike. */
  readonly testRows: number;
  /** Features, at least 4: a fifth of them matter, a fifth are noisy copies, the rest is noise. */
  readonly width: number;
  /** Share of values that are NaN. Default: 0. */
  readonly missing?: number;
  readonly seed: number;
}

/** How far a copy follows its original: correlation 0.8. */
const COPY = { own: 0.6, original: 0.8 };

/** The same options give the same bits on every machine. */
export function generateProblem(options: GenerateOptions): Problem {
  const { rows, testRows, width, missing = 0, seed } = options;
  const all = rows + testRows;
  const columns = drawColumns(all, width, seed);
  const classIndexes = drawClasses(columns, all, seed);
  if (missing > 0) loseValues(columns, missing, seed);
  const part = (from: number, to: number): FeatureMatrix => ({
    names: columns.map((_, feature) => `f${feature}`),
    columns: columns.map((column) => column.subarray(from, to)),
    length: to - from,
  });
  return { train: part(0, rows), classIndexes: classIndexes.subarray(0, rows), test: part(rows, all), testClassIndexes: classIndexes.subarray(rows), folds: [] };
}

function drawColumns(rows: number, width: number, seed: number): Float64Array[] {
  const original = Math.max(3, Math.floor(width / 5));
  const columns: Float64Array[] = [];
  for (let feature = 0; feature < width; feature += 1) {
    const random = createRandom(seed, 1, feature);
    const copied = feature >= original && feature < 2 * original ? columns[feature - original] : undefined;
    columns.push(
      Float64Array.from({ length: rows }, (_, row) => {
        const value = random.normal();
        return Math.fround(copied === undefined ? value : COPY.own * value + COPY.original * copied[row]);
      }),
    );
  }
  return columns;
}

/** The class with the highest score; scores are sums of steps, products and lines of the features that matter, and noise. */
function drawClasses(columns: readonly Float64Array[], rows: number, seed: number): Uint8Array {
  const random = createRandom(seed, 2);
  const original = Math.max(3, Math.floor(columns.length / 5));
  const classIndexes = new Uint8Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const at = (feature: number): number => columns[feature % original][row];
    const scores = [
      at(0) * at(1) + at(3) + random.normal(),
      1.5 * at(2) - at(4) * at(5) + random.normal(),
      (at(6) > 0.5 ? 1.5 : -0.5) + Math.abs(at(7)) - at(8) * at(0) + random.normal(),
    ];
    for (let index = 1; index < CLASS_COUNT; index += 1) if (scores[index] > scores[classIndexes[row]]) classIndexes[row] = index;
  }
  return classIndexes;
}

function loseValues(columns: readonly Float64Array[], share: number, seed: number): void {
  columns.forEach((column, feature) => {
    const random = createRandom(seed, 3, feature);
    for (let row = 0; row < column.length; row += 1) if (random.next() < share) column[row] = Number.NaN;
  });
}
