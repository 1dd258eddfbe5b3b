// Concurrency: how many labels use each bar. (López de Prado, Advances in Financial Machine Learning, 2018, 4.3, snippet 4.1.)
import { optionError } from '../../errors.js';
import { checkSpans, coverage, type LabelSpans } from './label-spans.js';

/**
 * The number of labels that use each bar: [bars], 0 where none does. Costs O(labels + bars).
 * @param spans first and last bar of each label, both included; labels in any order
 * @param options.bars number of bars, above the last bar of every label
 * @throws BAD_OPTION for a span that ends before it starts, is none (-1) or reaches past the bars
 * @example countConcurrentLabels({ spanStart: [0, 2, 4], spanEnd: [2, 3, 5] }, { bars: 7 }) // 1, 1, 2, 1, 1, 1, 0
 */
export function countConcurrentLabels(spans: LabelSpans, { bars }: { readonly bars: number }): Int32Array {
  const range = checkSpans('countConcurrentLabels', spans);
  if (!Number.isInteger(bars) || bars < 0) throw optionError('countConcurrentLabels', 'bars', 'an integer from 0 (bars)', bars);
  if (range !== null && range.last >= bars) throw optionError('countConcurrentLabels', 'spanEnd', `of bars before bar ${bars}, the number of bars`, range.last);
  return coverage(spans, 0, bars);
}
