// From one prediction and the bars to what became of each of its answers.
import { type CandidatePrediction, isFairForecast, isFlawed, type Klines, type Outcome, OUTCOME_SCHEMA, type OutcomeLine, outcomeKey, outcomeOf, resolveLabelOptions, type UnscoredAnswer } from '@forecastlab/core';
import type { BundleFacts } from './bundle-facts.js';
import type { StoredPrediction } from './prediction-files.js';
import { whatChanged } from './what-changed.js';

/** What one prediction adds. */
export interface Settled {
  /** Lines that are new, or in the place of an earlier one. */
  readonly added: readonly OutcomeLine[];
  /** Answers without a label. */
  readonly unscored: readonly UnscoredAnswer[];
}

/** A line without what came true. */
type Answer = Omit<OutcomeLine, 'label' | 'touched_on' | 'matured_on' | 'note' | 'corrects'>;

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
  for (const candidate of stored.prediction.predictions) {
    const { symbol, interval, asof_date, deploy_name, bundle_sha256, synthetic } = stored.prediction;
    const id = { symbol, interval, asof_date, candidate: candidate.candidate, T: candidate.T, deploy_name, bundle_sha256, synthetic };
    const earlier = known.get(outcomeKey({ ...id, ...(stored.isReplacement ? { replaced: true } : {}) }));
    const answer = describeAnswer(stored, candidate, facts, earlier);
    const outcome = outcomeOfAnswer(answer, klines);
    if (outcome.status === 'matured') added.push(...newLine(answer, outcome, earlier));
    // bars that have gone since take nothing away from what was seen
    else if (earlier === undefined) unscored.push({ ...id, status: answer.fair ? outcome.status : 'not-fair' });
  }
  return { added, unscored };
}

/** Looks at a line of an earlier run again: bars may have been restated since. The correction, or nothing. */
export function settleAgain(earlier: OutcomeLine, klines: Klines, facts: BundleFacts | undefined): readonly OutcomeLine[] {
  const { label: _label, touched_on: _touched, matured_on: _matured, note: _note, corrects: _corrects, ...answer } = earlier;
  const told = earlier.options_assumed === true ? facts?.candidate(earlier.candidate)?.labelOptions : undefined;
  const { options_assumed: _assumed, ...certain } = answer;
  const known = { ...(told === undefined ? answer : { ...certain, label_options: told }), base_proba: earlier.base_proba ?? facts?.classShares(earlier.candidate, earlier.symbol) ?? null };
  const outcome = outcomeOfAnswer(known, klines);
  return outcome.status === 'matured' ? newLine(known, outcome, earlier) : [];
}

function outcomeOfAnswer({ asof_date, close, T, X, label_options }: Answer, klines: Klines): Outcome {
  return outcomeOf({ asofDate: asof_date, close, T, X }, klines, label_options);
}

function newLine(answer: Answer, { label, touchedOn, maturedOn, restatedClose }: Extract<Outcome, { status: 'matured' }>, earlier: OutcomeLine | undefined): readonly OutcomeLine[] {
  const note = restatedClose === null ? null : `the close of the as-of bar is ${restatedClose} now; it was ${answer.close} when the prediction was made`;
  const line: OutcomeLine = { ...answer, label, touched_on: touchedOn, matured_on: maturedOn, note };
  if (earlier === undefined) return [line];
  const reason = whatChanged(earlier, line);
  return reason === null ? [] : [{ ...line, corrects: reason }];
}

/**
 * Label options as the bundle says, else as the prediction does, else as was known before; a prediction that says nothing is of the usual kind, since
 * it would say so, but for those of older versions.
 */
function describeAnswer({ path, prediction, sha256, isReplacement }: StoredPrediction, candidate: CandidatePrediction, facts: BundleFacts | undefined, earlier: OutcomeLine | undefined): Answer {
  const told = facts?.candidate(candidate.candidate)?.labelOptions ?? candidate.label_options ?? (earlier?.options_assumed === true ? undefined : earlier?.label_options);
  const { window, tieBreak, touch } = told ?? resolveLabelOptions();
  return {
    schema: OUTCOME_SCHEMA,
    symbol: prediction.symbol,
    interval: prediction.interval,
    asof_date: prediction.asof_date,
    candidate: candidate.candidate,
    T: candidate.T,
    X: candidate.X,
    close: prediction.close,
    label_options: { window, tieBreak, touch },
    ...(told === undefined ? { options_assumed: true } : {}),
    deploy_name: prediction.deploy_name,
    bundle_sha256: prediction.bundle_sha256,
    prediction_file: path,
    prediction_sha256: sha256,
    answers: prediction.predictions.length,
    synthetic: prediction.synthetic,
    pred_label: candidate.pred_label,
    pred_proba: candidate.pred_proba,
    base_proba: facts?.classShares(candidate.candidate, prediction.symbol) ?? earlier?.base_proba ?? null,
    backfilled: prediction.backfilled === true,
    ...(isReplacement ? { replaced: true } : {}),
    fair: isFairForecast(candidate) && !isFlawed({ window }),
  };
}
