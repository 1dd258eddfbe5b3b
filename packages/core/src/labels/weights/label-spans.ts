// The bars that labels use, and the checks of them: overlap between labels is counted on these.
// (López de Prado, Advances in Financial Machine Learning, 2018, chapter 4.)
import { optionError } from '../../errors.js';

/** Most bars between the first and the last bar of a set of spans: a bound on memory, 38 years of minutes. */
export const MAX_SPAN_BARS = 20_000_000;

/**
 * The first and last bar of each label, both included. For reversal labels these are the bars after t, up to `spanEnd`; the
 * book counts the bar of the event too, so its labels run from the event's bar.
 */
export interface LabelSpans {
  /** [labels] index of the first bar that each label uses. */
  readonly spanStart: ArrayLike<number>;
  /** [labels] index of the last bar that each label uses, not before its start. */
  readonly spanEnd: ArrayLike<number>;
}

/**
 * The first and last bar of all spans together, null where there is no label.
 * @throws BAD_OPTION for columns of different lengths, an end before its start, an index that is no bar, or too wide a range
 */
export function checkSpans(where: string, { spanStart, spanEnd }: LabelSpans): { readonly first: number; readonly last: number } | null {
  if (spanStart.length !== spanEnd.length) throw optionError(where, 'spanEnd', `of one value per label (${spanStart.length})`, spanEnd.length);
  let first = Number.POSITIVE_INFINITY;
  let last = -1;
  for (let label = 0; label < spanStart.length; label += 1) {
    const start = spanStart[label];
    const end = spanEnd[label];
    if (!Number.isInteger(start) || start < 0) throw optionError(where, 'spanStart', `of bar indices, integers from 0 (label ${label})`, start, NO_LABEL);
    if (!Number.isInteger(end) || end < start) throw optionError(where, 'spanEnd', `of bar indices that are not before the label's first bar, ${start} (label ${label})`, end, NO_LABEL);
    if (start < first) first = start;
    if (end > last) last = end;
  }
  if (last - first >= MAX_SPAN_BARS) throw optionError(where, 'spanEnd', `within ${MAX_SPAN_BARS} bars of the first span`, last);
  return last < 0 ? null : { first, last };
}

const NO_LABEL = 'A row without a label has the span -1: leave such rows out.';

/** The number of spans that cover each of `bars` bars from bar `first` on: [bars]. The spans lie within, as checkSpans found. */
export function coverage({ spanStart, spanEnd }: LabelSpans, first: number, bars: number): Int32Array {
  const change = new Int32Array(bars + 1);
  for (let label = 0; label < spanStart.length; label += 1) {
    change[spanStart[label] - first] += 1;
    change[spanEnd[label] - first + 1] -= 1;
  }
  for (let bar = 1; bar < bars; bar += 1) change[bar] += change[bar - 1];
  return change.slice(0, bars);
}
