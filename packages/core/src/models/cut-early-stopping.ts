// Which rows train and which tell when to stop: the newest ones, behind a gap, at the change of a bar, and with no training label that
// reaches them. A gap counts rows, so alone it would be too short where rows of some market are missing.
import type { TrainingData } from './classifier.js';

export interface EarlyStoppingCut {
  /** Positions, ascending. May be empty. */
  readonly training: Int32Array;
  /** The first validation row; all behind it are validation rows too. */
  readonly validationBegin: number;
}

/**
 * Cuts `count` rows in the order of time. Where `rows` is given, no bar is parted: the validation rows begin with the first row of their bar;
 * where `spanEnd` is given too, training rows whose label reaches that bar are left out, beyond the `validationGap` rows before it.
 * @example cutEarlyStopping(10, { validationFraction: 0.2, validationGap: 3 }) // → { training: [0, 1, 2, 3, 4], validationBegin: 8 }
 */
export function cutEarlyStopping(
  count: number,
  { validationFraction, validationGap }: { readonly validationFraction: number; readonly validationGap: number },
  { rows, spanEnd }: Pick<TrainingData, 'rows' | 'spanEnd'> = {},
): EarlyStoppingCut {
  let validationBegin = count - Math.max(1, Math.floor(count * validationFraction));
  while (rows !== undefined && validationBegin > 0 && rows[validationBegin - 1] === rows[validationBegin]) validationBegin -= 1;
  const before = Int32Array.from({ length: Math.max(0, validationBegin - validationGap) }, (_, row) => row);
  const training = rows === undefined || spanEnd === undefined ? before : before.filter((row) => spanEnd[row] < rows[validationBegin]);
  return { training, validationBegin };
}
