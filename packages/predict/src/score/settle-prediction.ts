// From one prediction and the bars to what became of each of its answers.
import { type CandidatePrediction, isFairForecast, isFlawed, type Klines, type Outcome, OUTCOME_SCHEMA, type OutcomeLine, outcomeKey, outcomeOf, type ResolvedLabelOptions, resolveLabelOptions, type UnscoredAnswer } from '@forecastlab/core';
import type { BundleFacts } from './bundle-facts.js';
import type { StoredPrediction } from './prediction-files.js';

/** What one prediction adds. */
export interface Settled {
  /** Lines that are new, or in the place of an earlier one. */
  readonly added: readonly OutcomeLine[];
  /** Answers without a label. */
  readonly unscored: readonly UnscoredAnswer[];
}

/**
 * Settles the answers of a prediction. A line that is known already and would be the same is not made again; one that would differ, because bars
 * were restated or the prediction was replaced, is made as a correction that says why.
 * @param klines closed bars of the market
 * @param facts of the very bundle; undefined when it is not at hand
 * @param known the line that counts for each answer so far
 */
export function settlePrediction(stored: StoredPrediction, klines: Klines, facts: BundleFacts | undefined, known: ReadonlyMap<string, OutcomeLine>): Settled {
  const added: OutcomeLine[] = [];
  const unscored: UnscoredAnswer[] = [];
  const { prediction } = stored;
  for (const answer of prediction.predictions) {
    const { symbol, interval, asof_date, deploy_name, bundle_sha256, synthetic } = prediction;
    const id = { symbol, interval, asof_date, deploy_name, bundle_sha256, synthetic, candidate: answer.candidate, T: answer.T };
    const earlier = known.get(outcomeKey(id));
    const { options, isAssumed } = labelOptionsOf(answer, facts, earlier);
    const isFair = isFairForecast(answer) && !isFlawed(options);
    const outcome = outcomeOf({ asofDate: asof_date, close: prediction.close, T: answer.T, X: answer.X }, klines, options);
    if (outcome.status !== 'matured') {
      // bars that have gone since take nothing away from what was seen
      if (earlier === undefined) unscored.push({ ...id, status: isFair ? outcome.status : 'not-fair' });
      continue;
    }
    const line = describeOutcome(stored, answer, outcome, { options, isAssumed, isFair, base: facts?.classShares(answer.candidate, symbol) ?? earlier?.base_proba ?? null });
    const reason = earlier === undefined ? null : whatChanged(earlier, line);
    if (earlier === undefined) added.push(line);
    else if (reason !== null) added.push({ ...line, corrects: reason });
  }
  return { added, unscored };
}

/** As the bundle says, else as the prediction does, else as was known before; a prediction that says nothing is of the usual kind, since it would say so. */
function labelOptionsOf(answer: CandidatePrediction, facts: BundleFacts | undefined, earlier: OutcomeLine | undefined): { readonly options: ResolvedLabelOptions; readonly isAssumed: boolean } {
  const told = facts?.candidate(answer.candidate)?.labelOptions ?? answer.label_options;
  if (told !== undefined) return { options: told, isAssumed: false };
  if (earlier !== undefined) return { options: earlier.label_options, isAssumed: earlier.options_assumed === true };
  return { options: resolveLabelOptions(), isAssumed: true };
}

function describeOutcome(
  { prediction, sha256, isReplacement }: StoredPrediction,
  answer: CandidatePrediction,
  outcome: Extract<Outcome, { status: 'matured' }>,
  { options, isAssumed, isFair, base }: { options: ResolvedLabelOptions; isAssumed: boolean; isFair: boolean; base: OutcomeLine['base_proba'] },
): OutcomeLine {
  const { window, tieBreak, touch } = options;
  const restated = outcome.restatedClose === null ? null : `the close of the as-of bar is ${outcome.restatedClose} now; it was ${prediction.close} when the prediction was made`;
  return {
    schema: OUTCOME_SCHEMA,
    symbol: prediction.symbol,
    interval: prediction.interval,
    asof_date: prediction.asof_date,
    candidate: answer.candidate,
    T: answer.T,
    X: answer.X,
    label_options: { window, tieBreak, touch },
    ...(isAssumed ? { options_assumed: true } : {}),
    deploy_name: prediction.deploy_name,
    bundle_sha256: prediction.bundle_sha256,
    prediction_sha256: sha256,
    synthetic: prediction.synthetic,
    label: outcome.label,
    touched_on: outcome.touchedOn,
    matured_on: outcome.maturedOn,
    pred_label: answer.pred_label,
    pred_proba: answer.pred_proba,
    base_proba: base,
    backfilled: prediction.backfilled === true,
    ...(isReplacement ? { replaced: true } : {}),
    fair: isFair,
    note: restated,
  };
}

/** Why a line takes the place of an earlier one; null when it says the same. */
function whatChanged(earlier: OutcomeLine, line: OutcomeLine): string | null {
  // the file was lost and made again later: what was seen of the first one is the better witness
  if (!earlier.backfilled && line.backfilled && line.replaced === undefined) return null;
  if (earlier.prediction_sha256 !== line.prediction_sha256) return 'the prediction file is another one';
  const of = ({ label, touched_on, matured_on }: OutcomeLine): string => `label ${label}, touched ${touched_on ?? 'never'}, matured ${matured_on}`;
  if (of(earlier) !== of(line) || earlier.note !== line.note) return `bars were restated: ${of(earlier)} before`;
  if (earlier.replaced !== line.replaced) return 'an earlier answer of that day was put aside';
  if (JSON.stringify(earlier.label_options) !== JSON.stringify(line.label_options)) return 'the bundle tells how its labels are made';
  return earlier.base_proba === null && line.base_proba !== null ? 'the bundle tells its class shares' : null;
}
