// Meta labels: was the bet of another model right? A second model that learns them decides whether to bet, and how much.
// (López de Prado, Advances in Financial Machine Learning, 2018, 3.6, snippet 3.7.)
import { optionError } from '../../errors.js';
import type { TripleBarrierLabels } from './label-triple-barrier.js';

/**
 * 1 where the bet gained, 0 where it did not: [labels]. A bet that meets the vertical barrier gains nothing when that labels
 * 0 (`verticalLabel: 'zero'`), and what the sign of its return says when it labels that (`'sign'`).
 * @param labels those of `labelTripleBarrier` with a side
 * @throws BAD_OPTION when the labels were made without a side
 * @example metaLabels(labelTripleBarrier(prices, { events, target, side, verticalBarrier: { bars: 21 } }))
 */
export function metaLabels(labels: TripleBarrierLabels): Float64Array {
  if (labels.side === null) throw optionError('metaLabels', 'labels', 'made with a side', labels.side, 'Give labelTripleBarrier the side of each bet.');
  return labels.label.map((label) => (label > 0 ? 1 : 0));
}
