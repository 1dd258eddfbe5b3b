// The words of a report, explained for a stranger and exact enough for a quant.
import { baselineName, baselineRule } from './baseline-words.js';

export interface Definition {
  readonly term: string;
  readonly meaning: string;
}

const EXPECTED_MOVE: Definition = {
  term: 'Expected move',
  meaning:
    'T14_V1.5 asks for 1.5 expected moves instead of a fixed percentage. The expected move of T bars is the volatility of one bar times the square root of T; volatility is the exponentially weighted root mean square of the log returns up to the bar (each weighs 0.94 of the one after it). It is known at the bar, and another one at every bar: large in turmoil, small in calm.',
};

/** What each number means. `baselines`: the names that occur in the report; `hasVolatilityBarriers`: candidates such as T14_V1.5 do. */
export function definitions(baselines: readonly string[], { hasVolatilityBarriers = false }: { readonly hasVolatilityBarriers?: boolean } = {}): readonly Definition[] {
  const rules = baselines.map((name) => [baselineName(name), baselineRule(name)].filter((part) => part !== '').join(': ')).join('; ');
  return [
    { term: 'Candidate', meaning: 'A question: T21_X8 asks whether the price, within 21 bars, first falls by 8 %, first rises by 8 %, or does neither.' },
    ...(hasVolatilityBarriers ? [EXPECTED_MOVE] : []),
    { term: 'Fold', meaning: 'The model is trained on older bars and tested on the bars after them, then both windows move on. Scores come from test bars only. Where test windows overlap, the newest counts.' },
    { term: 'Log loss', meaning: 'Mean of -ln(probability given to what then happened). Lower is better. Equal chances for three answers score 1.099.' },
    { term: 'Baselines', meaning: `What a model must beat. ${rules}.` },
    { term: 'Skill', meaning: '1 - log loss of the model / log loss of the baseline, over all test bars together. 0 % is no better than the baseline, 100 % is perfect, below 0 % is worse. Against class shares unless another baseline is named.' },
    { term: '95 % interval', meaning: 'Range of the skill that fits the data, from a bootstrap that draws neighbouring bars together because their labels overlap. When it contains 0 %, the test cannot tell model and baseline apart.' },
    { term: 'Adjusted p', meaning: 'How often chance alone would make some candidate look at least this good, in a search of as many candidates, if none was better than its baselines. p is the same for this candidate alone. Both are two-sided; below 0.05 counts as measurable. There is none where the test bars hold too few events to tell.' },
    { term: 'Skill shown', meaning: '"yes" when the interval lies above 0 % and the adjusted p is below 0.05. "none shown" is no proof that there is none: it says that this test does not show it.' },
    { term: 'Macro-F1', meaning: 'Mean over the three answers of F1 = 2 · precision · recall / (precision + recall), median over folds. It judges answers and not probabilities, so it can look good without skill.' },
    { term: 'Brier score', meaning: 'Mean squared distance between the probabilities and what happened, 0 to 2; a second opinion beside log loss.' },
    { term: 'Reliability', meaning: 'Of the bars that were given about 30 %, did about 30 % come true? Points on the diagonal are honest probabilities.' },
  ];
}
