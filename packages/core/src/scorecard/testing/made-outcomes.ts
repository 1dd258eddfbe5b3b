// Made-up outcomes for tests of scores: one line a day, everything that a test does not care about filled in.
import { type LabelProbabilities, OUTCOME_SCHEMA, type OutcomeLine } from '../outcome-line.js';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2024, 0, 1);

/** UTC date of a day, 0 being 2024-01-01. */
export const dateOfDay = (day: number): string => new Date(START_MS + day * DAY_MS).toISOString().slice(0, 10);

/** Probabilities in CLASSES order. */
export const probabilitiesOf = ([down, neutral, up]: readonly [number, number, number]): LabelProbabilities => ({ '-1': down, '0': neutral, '1': up });

/** An outcome of `T3_X8` in BTCUSDT on that day. */
export function madeLine(day: number, fields: Partial<OutcomeLine> = {}): OutcomeLine {
  const { T = 3, label = 0 } = fields;
  return {
    schema: OUTCOME_SCHEMA,
    symbol: 'BTCUSDT',
    interval: '1d',
    asof_date: dateOfDay(day),
    candidate: 'T3_X8',
    T,
    X: 0.08,
    close: 100,
    label_options: { window: 'forward', tieBreak: 'first-touch', touch: 'close' },
    deploy_name: 'flow_a',
    bundle_sha256: 'a'.repeat(64),
    prediction_file: `outputs/predictions/daily/${dateOfDay(day)}.json`,
    prediction_sha256: 'b'.repeat(64),
    answers: 1,
    synthetic: false,
    label,
    touched_on: label === 0 ? null : dateOfDay(day + 1),
    matured_on: dateOfDay(day + T),
    pred_label: 0,
    pred_proba: probabilitiesOf([0.25, 0.5, 0.25]),
    base_proba: probabilitiesOf([0.3, 0.4, 0.3]),
    backfilled: false,
    fair: true,
    note: null,
    ...fields,
  };
}
