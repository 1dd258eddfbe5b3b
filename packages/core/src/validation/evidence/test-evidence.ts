// Is the model better than class shares and than volatility alone, among all candidates that were tried? superiorityTest over times:
// rows of all markets at one time are one observation (gain-series.ts), and candidates are drawn together.
import { lossGains } from '../skill/block-bootstrap.js';
import { LEAST_EVENT_BLOCKS } from '../skill/has-enough-events.js';
import { superiorityTest } from '../skill/superiority-test.js';
import type { SuperiorityCandidate } from '../skill/superiority-test.js';
import type { EvidenceSuperiority } from './evidence.js';
import { gainSeries, type RecordView } from './gain-series.js';

/** What a candidate's model and baselines lost, [rows of the record] each. */
export interface TestedEvidence {
  readonly candidate: string;
  readonly T: number;
  readonly view: RecordView;
  readonly modelLosses: Float64Array;
  /** At least one. */
  readonly baselines: readonly { readonly name: string; readonly losses: Float64Array }[];
}

/** [candidates] tested together; `otherTrials` were made elsewhere on the same question. */
export function testEvidence(tested: readonly TestedEvidence[], options: { readonly seed: number; readonly samples: number; readonly otherTrials: number }): readonly EvidenceSuperiority[] {
  return superiorityTest<string>(tested.map(seriesOf), options).map(({ pValue, adjustedPValue, trials, hardestBaseline }) => ({ pValue, adjustedPValue, trials, hardestBaseline }));
}

/** By time: a model whose losses lie the series of gains below 0 and the baselines' at each baseline's gains: only differences are tested. */
function seriesOf({ candidate, T, view, modelLosses, baselines }: TestedEvidence): SuperiorityCandidate<string> {
  return {
    name: candidate,
    T,
    bars: view.times,
    modelLosses: new Float64Array(view.times.length),
    baselineLosses: baselines.map(({ name, losses }) => ({ name, losses: gainSeries(lossGains(modelLosses, losses), view) })),
    isTestable: view.eventBlocks >= LEAST_EVENT_BLOCKS,
  };
}
