// Parity rows: inputs with the probabilities that the models gave when the bundle was made. A reader that gets other
// bits (another engine, a damaged or exchanged model, reordered features) is told before it predicts anything. A model that
// looks back takes the rows as if they followed each other.
import type { FeatureMatrix } from '../features/feature-table.js';
import type { Classifier } from '../models/classifier.js';
import type { BundleMeta, ParityRow } from './bundle-meta.js';
import { corruptBundle } from './corrupt-bundle.js';
import { META_FILE } from './file-names.js';

/** Rows taken from the training data, evenly spaced, both ends included. */
const TAKEN_ROWS = 16;

/** Inputs that exercise the models: training rows, one with every value missing, two with every second one missing. */
export function chooseParityInputs(features: FeatureMatrix): (number | null)[][] {
  const last = features.length - 1;
  const rows = [...new Set(Array.from({ length: TAKEN_ROWS }, (_, i) => Math.round((i * last) / (TAKEN_ROWS - 1))))];
  // + 0 turns -0 into 0, which is what JSON makes of it.
  const inputs = rows.map((row) => features.columns.map((column) => (Number.isNaN(column[row]) ? null : column[row] + 0)));
  const newest = inputs[inputs.length - 1];
  return [...inputs, newest.map(() => null), newest.map((value, i) => (i % 2 === 0 ? value : null)), newest.map((value, i) => (i % 2 === 1 ? value : null))];
}

/** Inputs of parity rows as columns. */
export function parityMatrix(names: readonly string[], inputs: readonly (readonly (number | null)[])[]): FeatureMatrix {
  return { names, length: inputs.length, columns: names.map((_, i) => Float64Array.from(inputs, (row) => row[i] ?? Number.NaN)) };
}

/** Parity rows with what `models` (one per candidate, in order) answer now, as for a market that they have not seen or as for `symbol`. */
export function createParityRows(names: readonly string[], inputs: readonly (readonly (number | null)[])[], models: readonly Classifier[], symbol?: string): ParityRow[] {
  const matrix = parityMatrix(names, inputs);
  const answers = models.map((model) => modelOf(model, symbol).predictProba(matrix));
  return inputs.map((row, i) => ({ inputs: row, expected: answers.map((answer) => [answer[3 * i], answer[3 * i + 1], answer[3 * i + 2]] as const), ...(symbol === undefined ? {} : { symbol }) }));
}

/** Throws CORRUPT unless every model gives exactly the stored probabilities. */
export function checkParity(meta: BundleMeta, models: ReadonlyMap<string, Classifier>): void {
  for (const symbol of new Set(meta.parity.map((row) => row.symbol))) checkAs(symbol, meta, models);
}

/** The rows that ask for one market, or for none. */
function checkAs(symbol: string | undefined, meta: BundleMeta, models: ReadonlyMap<string, Classifier>): void {
  const rows = meta.parity.flatMap((row, place) => (row.symbol === symbol ? [{ ...row, place }] : []));
  const matrix = parityMatrix(meta.featureNames, rows.map((row) => row.inputs));
  meta.candidates.forEach((candidate, c) => {
    const model = models.get(candidate.name);
    const answer = model === undefined ? undefined : modelOf(model, symbol).predictProba(matrix);
    rows.forEach((row, i) => {
      for (let k = 0; k < 3; k += 1) {
        const got = answer?.[3 * i + k];
        if (!Object.is(got, row.expected[c][k])) {
          throw corruptBundle(candidate.file, `parity row ${row.place} gives ${String(got)} where ${META_FILE} says ${String(row.expected[c][k])}`);
        }
      }
    });
  });
}

/** The model as it answers for a market. */
const modelOf = (model: Classifier, symbol: string | undefined): Classifier => (symbol === undefined ? model : (model.forSymbol?.(symbol) ?? model));
