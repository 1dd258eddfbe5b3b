// Scores of matured predictions, with intervals that allow for labels of neighbouring days that share bars.
import { calibrationError } from '../validation/metrics/calibration-error.js';
import { brierScore, mean, rowLogLosses } from '../validation/metrics/probability-scores.js';
import { reliabilityCurve } from '../validation/metrics/reliability-curve.js';
import { classCounts } from '../validation/metrics/scores.js';
import { type RecordView, shareOfLoss, testGains, viewRecord } from '../validation/evidence/gain-series.js';
import { lossGains } from '../validation/skill/block-bootstrap.js';
import type { LiveRows } from './live-rows.js';
import type { ByLabel, LiveCalibration, LiveScores, WithInterval } from './scorecard.js';

/** Fewer rows make bins of a handful each. */
export const LEAST_CALIBRATION_ROWS = 50;

const CALIBRATION_BINS = 5;

/**
 * Scores of some rows, at least one. Skill gets its interval by a block bootstrap over days, and none with too few independent stretches
 * or events; hit rate and calibration get Wilson's on the effective number of rows, which is small for few stretches.
 */
export function liveScores(rows: LiveRows): LiveScores {
  const { labels, predicted, probabilities, openTimeMs } = rows;
  const view = viewRecord(rows);
  const days = view.times.length;
  return {
    rows: labels.length,
    days,
    first_asof: dateAt(openTimeMs[0]),
    last_asof: dateAt(openTimeMs[openTimeMs.length - 1]),
    class_counts: byLabel(classCounts(labels)),
    predicted_counts: byLabel(classCounts(predicted)),
    log_loss: mean(rowLogLosses(labels, probabilities)),
    brier: brierScore(labels, probabilities),
    ...skillOf(rows, view),
    hit_rate: hitRate(rows, view),
    calibration: labels.length < LEAST_CALIBRATION_ROWS ? null : calibrationOf(rows, view),
  };
}

function skillOf({ labels, probabilities, classShares }: LiveRows, view: RecordView): Pick<LiveScores, 'skill' | 'class_shares_log_loss'> {
  if (classShares === null) return { class_shares_log_loss: null, skill: null };
  const losses = rowLogLosses(labels, classShares);
  const gains = lossGains(rowLogLosses(labels, probabilities), losses);
  const { skill, interval } = shareOfLoss(gains, testGains(gains, view), mean(losses), view);
  return { class_shares_log_loss: mean(losses), skill: { value: skill, interval } };
}

/** As the reliability of one bin that holds every row: right or not. */
function hitRate({ labels, predicted }: LiveRows, view: RecordView): WithInterval {
  const hits = Int8Array.from(labels, (label, row) => (label === predicted[row] ? 1 : -1));
  const [bin] = reliabilityCurve(hits, new Float64Array(3 * hits.length).fill(1 / 3), 2, { bins: 1, blockLength: rowsPerBlock(view) }).bins;
  return { value: bin.observedShare, interval: [bin.low, bin.high] };
}

function calibrationOf({ labels, probabilities }: LiveRows, view: RecordView): LiveCalibration {
  const predictedMean = [0, 1, 2].map((k) => mean(Float64Array.from(labels, (_, row) => probabilities[3 * row + k])));
  const [down, neutral, up] = [0, 1, 2].map((k) => reliabilityCurve(labels, probabilities, k, { bins: CALIBRATION_BINS, blockLength: rowsPerBlock(view) }).bins);
  return {
    expected_error: calibrationError(labels, probabilities).expected,
    mean_predicted: byLabel(predictedMean),
    realised: byLabel(classCounts(labels).map((count) => count / labels.length)),
    bins: { '-1': down, '0': neutral, '1': up },
  };
}

/** Rows of all markets within a block of days. */
function rowsPerBlock({ blockLength, rows, times }: RecordView): number {
  return blockLength * Math.ceil(rows.length / times.length);
}

function byLabel([down, neutral, up]: readonly number[]): ByLabel {
  return { '-1': down, '0': neutral, '1': up };
}

const dateAt = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);
