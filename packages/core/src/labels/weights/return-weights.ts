// Sample weights by return: a label of a large move teaches more than one of a small, and labels that share a bar share its
// return. (López de Prado, Advances in Financial Machine Learning, 2018, 4.6, snippet 4.10.)
import { ForecastLabError } from '../../errors.js';
import { DoubleDouble } from '../../numeric/double-double.js';
import { log } from '../../numeric/log.js';
import { countConcurrentLabels } from './count-concurrent-labels.js';
import type { LabelSpans } from './label-spans.js';
import { checkCloses, type Closes } from '../events/price-series.js';

/**
 * One weight per label, at least 0, with mean 1: the absolute sum over the label's bars of log return / concurrency. The return of
 * a bar is that since the bar before; the first bar has none, and over a missing price it counts at the next price. The book's
 * spans begin at the bar of the event and so count the return before it; give `spanStart` the bar after it to count none that
 * is known by then. Costs O(labels + bars).
 * @param prices closes of all bars
 * @param spans first and last bar of each label, both included
 * @throws BAD_OPTION for bad spans, BAD_DATA for prices not above 0 or when no label has a return
 * @example returnWeights({ close: klines.close }, labelTripleBarrier(prices, options))
 */
export function returnWeights(prices: Closes, spans: LabelSpans): Float64Array {
  checkCloses('returnWeights', prices);
  const { close } = prices;
  const { spanStart, spanEnd } = spans;
  const concurrency = countConcurrentLabels(spans, { bars: close.length });
  // Running sums in pairs of doubles: their differences are as exact as a sum over the label's bars alone.
  const sumHigh = new Float64Array(close.length + 1);
  const sumLow = new Float64Array(close.length + 1);
  const sum = new DoubleDouble();
  let last = Number.NaN;
  for (let bar = 0; bar < close.length; bar += 1) {
    if (!Number.isNaN(close[bar])) {
      const price = log(close[bar]);
      if (!Number.isNaN(last) && concurrency[bar] > 0) sum.add((price - last) / concurrency[bar]);
      last = price;
    }
    sumHigh[bar + 1] = sum.high;
    sumLow[bar + 1] = sum.low;
  }
  const weights = new Float64Array(spanStart.length);
  let total = 0;
  for (let label = 0; label < weights.length; label += 1) {
    const end = spanEnd[label] + 1;
    sum.set(sumHigh[end], sumLow[end]);
    sum.addPair(-sumHigh[spanStart[label]], -sumLow[spanStart[label]]);
    weights[label] = Math.abs(sum.high);
    total += weights[label];
  }
  if (weights.length > 0 && total === 0) throw new ForecastLabError('BAD_DATA', 'The returns of all labels given to returnWeights are zero: they have no weights.', { hint: 'Use uniquenessWeights where prices do not move.' });
  return weights.map((weight) => (weight * weights.length) / total);
}
