// Average uniqueness: how much of a label's bars it has for itself. Labels that overlap share their answers, so a training
// row counts for less than one. (López de Prado, Advances in Financial Machine Learning, 2018, 4.3 and 4.4, snippets 4.1 and 4.2.)
import { DoubleDouble } from '../../numeric/double-double.js';
import { checkSpans, coverage, type LabelSpans } from './label-spans.js';

/**
 * The mean of 1 / (labels that use the bar) over the bars of each label: [labels], above 0, at most 1, and 1 for a label
 * that shares no bar. Costs O(labels + bars).
 * @param spans first and last bar of each label; labels in any order, the same span may come twice
 * @throws BAD_OPTION for a span that ends before it starts or is none (-1)
 * @example averageUniqueness({ spanStart: [0, 2, 4], spanEnd: [2, 3, 5] }) // 0.8333, 0.75, 1
 */
export function averageUniqueness(spans: LabelSpans): Float64Array {
  const { spanStart, spanEnd } = spans;
  const range = checkSpans('averageUniqueness', spans);
  const uniqueness = new Float64Array(spanStart.length);
  if (range === null) return uniqueness;
  const { first, last } = range;
  const bars = last - first + 1;
  const concurrency = coverage(spans, first, bars);

  // Running sums of 1 / concurrency in pairs of doubles: their differences are as exact as a sum over the label's bars alone.
  const sumHigh = new Float64Array(bars + 1);
  const sumLow = new Float64Array(bars + 1);
  const sum = new DoubleDouble();
  for (let bar = 0; bar < bars; bar += 1) {
    if (concurrency[bar] > 0) sum.add(1 / concurrency[bar]);
    sumHigh[bar + 1] = sum.high;
    sumLow[bar + 1] = sum.low;
  }
  for (let label = 0; label < spanStart.length; label += 1) {
    const start = spanStart[label] - first;
    const end = spanEnd[label] - first + 1;
    sum.set(sumHigh[end], sumLow[end]);
    sum.addPair(-sumHigh[start], -sumLow[start]);
    uniqueness[label] = sum.dividedBy(end - start);
  }
  return uniqueness;
}
