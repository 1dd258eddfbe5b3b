// Named searches: where a kind's hyper-parameters begin and what is drawn around it. Round numbers on the strong side of regularisation,
// because labels overlap: a hundred rows are worth a few.
import { STRAIGHT_MODEL } from '../log-pool/default-members.js';
import type { TuningSearch } from './tuned-params.js';

/** What boosted trees may be drawn from. */
export const GBDT_SPACE: Readonly<Record<string, unknown>> = {
  numIterations: { choice: [30, 60, 120, 250] },
  learningRate: { choice: [0.02, 0.04, 0.08] },
  numLeaves: { choice: [3, 4, 8, 16] },
  minDataInLeaf: { choice: [50, 100, 200, 400, 800] },
  lambdaL2: { logUniform: [1, 2000] },
  featureFraction: { choice: [0.2, 0.5, 1] },
  baggingFraction: { choice: [0.2, 0.5, 0.8] },
  baggingFreq: 1,
};

/** What a logistic regression may be drawn from. */
export const LOGISTIC_SPACE: Readonly<Record<string, unknown>> = { C: { logUniform: [1e-5, 0.1] } };

/** Searches by name, for the `search` of TunedParams. */
export const TUNING_SPACES: Readonly<Record<string, TuningSearch>> = {
  gbdt: { kind: 'gbdt', params: { numIterations: 120, learningRate: 0.04, numLeaves: 4, minDataInLeaf: 200, lambdaL2: 100, featureFraction: 0.5, baggingFraction: 0.5, baggingFreq: 1 }, space: GBDT_SPACE },
  'two-part': { ...STRAIGHT_MODEL, space: { touch: { params: LOGISTIC_SPACE } } },
  logistic: { kind: 'logistic', params: { C: 0.01 }, space: LOGISTIC_SPACE },
};
