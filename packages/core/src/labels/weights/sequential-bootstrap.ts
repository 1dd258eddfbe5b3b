// The sequential bootstrap: draws labels with chances that fall with their overlap with those drawn already, so that a sample is
// closer to independent. (López de Prado, Advances in Financial Machine Learning, 2018, 4.5, snippets 4.3 to 4.5.)
import { optionError } from '../../errors.js';
import { createRandom } from '../../numeric/random.js';
import { checkSpans, type LabelSpans } from './label-spans.js';

export interface SequentialBootstrapOptions {
  /** Number of draws, an integer from 0. Default: the number of labels. */
  readonly draws?: number;
  /** Seed of the draws: the same seed gives the same sample. */
  readonly seed: number;
}

/**
 * The positions of labels drawn with replacement: [draws]. The chance of a label is in proportion to its average uniqueness
 * among the labels drawn before, were it drawn. Costs O(draws × (labels + bars)).
 * @param spans first and last bar of each label, both included
 * @throws BAD_OPTION for bad spans, or draws from no labels
 * @example sequentialBootstrap({ spanStart: rows, spanEnd }, { seed: 1 })
 */
export function sequentialBootstrap(spans: LabelSpans, options: SequentialBootstrapOptions): Int32Array {
  const { draws = spans.spanStart.length, seed } = options;
  if (!Number.isSafeInteger(seed)) throw optionError('sequentialBootstrap', 'seed', 'an integer', seed);
  if (!Number.isInteger(draws) || draws < 0 || (draws > 0 && spans.spanStart.length === 0)) throw optionError('sequentialBootstrap', 'draws', 'an integer from 0, and 0 where there are no labels', draws);
  const state = startDraws('sequentialBootstrap', spans);
  const random = createRandom(seed);
  const drawn = new Int32Array(draws);
  for (let draw = 0; draw < draws; draw += 1) {
    const { uniqueness, total } = nextUniqueness(state);
    drawn[draw] = pick(uniqueness, random.next() * total);
    countDrawn(state, drawn[draw]);
  }
  return drawn;
}

/**
 * The chance of each label to be drawn next, after the labels at the positions `drawn`: [labels], adding up to 1.
 * @throws BAD_OPTION for bad spans or a position that is none
 * @example drawProbabilities({ spanStart: [0, 2, 4], spanEnd: [2, 3, 5] }, [1]) // 5/14, 3/14, 6/14
 */
export function drawProbabilities(spans: LabelSpans, drawn: ArrayLike<number>): Float64Array {
  const state = startDraws('drawProbabilities', spans);
  for (let draw = 0; draw < drawn.length; draw += 1) {
    if (spans.spanStart[drawn[draw]] === undefined) throw optionError('drawProbabilities', 'drawn', `of positions of labels, from 0 to ${spans.spanStart.length - 1}`, drawn[draw]);
    countDrawn(state, drawn[draw]);
  }
  const { uniqueness, total } = nextUniqueness(state);
  return uniqueness.map((value) => value / total);
}

interface Draws {
  readonly spans: LabelSpans;
  readonly first: number;
  /** [bars] labels drawn so far that use each bar. */
  readonly concurrency: Int32Array;
}

function startDraws(where: string, spans: LabelSpans): Draws {
  const { first, last } = checkSpans(where, spans) ?? { first: 0, last: -1 };
  return { spans, first, concurrency: new Int32Array(last - first + 1) };
}

function countDrawn({ spans, first, concurrency }: Draws, label: number): void {
  for (let bar = spans.spanStart[label]; bar <= spans.spanEnd[label]; bar += 1) concurrency[bar - first] += 1;
}

/** The average uniqueness that each label would have if it were drawn next, and the sum of all. */
function nextUniqueness({ spans: { spanStart, spanEnd }, first, concurrency }: Draws): { readonly uniqueness: Float64Array; readonly total: number } {
  const sums = new Float64Array(concurrency.length + 1);
  for (let bar = 0; bar < concurrency.length; bar += 1) sums[bar + 1] = sums[bar] + 1 / (1 + concurrency[bar]);
  const uniqueness = new Float64Array(spanStart.length);
  let total = 0;
  for (let label = 0; label < uniqueness.length; label += 1) {
    uniqueness[label] = (sums[spanEnd[label] - first + 1] - sums[spanStart[label] - first]) / (spanEnd[label] - spanStart[label] + 1);
    total += uniqueness[label];
  }
  return { uniqueness, total };
}

/** The label at which the running sum passes `at`; the last one should rounding keep it from passing. */
function pick(uniqueness: Float64Array, at: number): number {
  let sum = 0;
  for (let label = 0; label < uniqueness.length; label += 1) {
    sum += uniqueness[label];
    if (at < sum) return label;
  }
  return uniqueness.length - 1;
}
