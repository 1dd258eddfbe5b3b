// What the leading market (Bitcoin, for other coins) does, and how the market stands to it. Missing without the leader's bars.
import { log } from '../../../numeric/log.js';
import type { FeatureDefinition } from '../../feature-definition.js';
import { boundedLogRatio, inVolatilities, UNIT_BARS } from '../../kernels/bounded.js';
import { derived } from '../../kernels/derived.js';
import { logChange } from '../../kernels/log-change.js';
import { ofLeader } from '../../kernels/of-leader.js';
import { rollingCorrelation } from '../../kernels/rolling-correlation.js';
import { takerImbalance } from '../../kernels/taker-imbalance.js';
import { closeVolatility } from '../../kernels/volatility.js';

const common = { inputs: ['close'], isRecursive: false, needs: 'leader', source: 'lead and lag between coins' } as const;

const momentum = (bars: number): FeatureDefinition => ({
  ...common,
  name: `leader_momentum_${bars}`,
  formula: `the leader's log(close / close ${bars} bars before) in units of its volatility of 60 bars × the root of ${bars}, from -5 to 5`,
  lookbackBars: UNIT_BARS + 1,
  unit: 'volatilities',
  create: ofLeader(inVolatilities(logChange(bars), bars)),
});
const strength = (bars: number): FeatureDefinition => ({
  ...common,
  name: `strength_against_leader_${bars}`,
  formula: `log(close / close ${bars} bars before) less the leader's, in units of the own volatility of 60 bars × the root of ${bars}, from -5 to 5`,
  lookbackBars: UNIT_BARS + 1,
  unit: 'volatilities',
  create: inVolatilities(derived((own, leader) => own - leader, logChange(bars), ofLeader(logChange(bars))), bars),
});

/** Features of the leader, of the set `market`. */
export const LEADER_FEATURES: readonly FeatureDefinition[] = [
  ...[7, 30].map(momentum),
  {
    ...common,
    name: 'leader_volatility_21',
    formula: "log of the sample standard deviation of the last 21 log returns of the leader's close",
    lookbackBars: 22,
    unit: 'log of a fraction',
    create: ofLeader(derived(log, closeVolatility(21))),
  },
  {
    ...common,
    name: 'leader_taker_imbalance_7',
    formula: "2 × taker buys / quote volume - 1 of the leader's last 7 bars; 0 when nothing was traded",
    inputs: ['takerBuyQuote', 'quoteVolume'],
    lookbackBars: 7,
    unit: 'fraction',
    create: ofLeader(takerImbalance(7)),
  },
  {
    ...common,
    name: 'volatility_against_leader_60',
    formula: "log of the sample standard deviation of 60 log returns of the close over that of the leader's, from -3 to 3",
    lookbackBars: 61,
    unit: 'log of a ratio',
    create: derived(boundedLogRatio, closeVolatility(60), ofLeader(closeVolatility(60))),
  },
  strength(30),
  {
    ...common,
    name: 'leader_correlation_60',
    formula: "correlation of 60 log returns of the close with the leader's",
    lookbackBars: 61,
    unit: 'correlation',
    create: rollingCorrelation(logChange(), ofLeader(logChange()), 60),
  },
];
