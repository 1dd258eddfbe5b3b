// What one ingredient of a model is worth: the same model without it, over the rows that both predicted.
import { lossGains } from '../skill/block-bootstrap.js';
import type { SkillInterval } from '../skill/block-bootstrap.js';
import { checkRecord } from './check-record.js';
import { forecastOf } from './forecast-record.js';
import type { ForecastRecord } from './forecast-record.js';
import { meanOver, shareOfLoss, testGains, viewRecord } from './gain-series.js';
import { partLosses } from './part-losses.js';

/** The other model on the common rows; JSON-safe. */
export interface AblationSkill {
  readonly candidate: string;
  /** Rows that both predicted; with none of them there are no numbers. */
  readonly rows: number;
  readonly logLoss: number | null;
  /** Of the other model. */
  readonly againstClassShares: SkillInterval | null;
  readonly againstVolatility: SkillInterval | null;
  /** Of the model against the other: what it adds. */
  readonly modelAgainst: SkillInterval | null;
}

/**
 * The model of `other` beside that of `record`, of the same candidate; the baselines are those of `record`.
 * Throws BAD_DATA for records that contradict themselves.
 */
export function ablationSkill(record: ForecastRecord, other: ForecastRecord): AblationSkill {
  const { model, classShares } = checkRecord(record);
  const { model: otherModel } = checkRecord(other);
  const placeOf = new Map(Array.from(other.labels, (_, row) => [keyOf(other, row), row]));
  const rows = Int32Array.from(record.labels.keys()).filter((row) => placeOf.has(keyOf(record, row)));
  if (rows.length === 0) return { candidate: record.candidate, rows: 0, logLoss: null, againstClassShares: null, againstVolatility: null, modelAgainst: null };
  const view = viewRecord(record, rows);
  const losses = (probabilities: Float64Array): Float64Array => partLosses(record.labels, probabilities).total;
  const otherOwn = partLosses(other.labels, otherModel.probabilities).total;
  const otherLosses = Float64Array.from(record.labels, (_, row) => otherOwn[placeOf.get(keyOf(record, row)) ?? 0]);
  const skill = (better: Float64Array, worse: Float64Array): SkillInterval => {
    const gains = lossGains(better, worse);
    return shareOfLoss(gains, testGains(gains, view), meanOver(worse, view), view);
  };
  const volatility = forecastOf(record, 'volatility');
  return {
    candidate: record.candidate,
    rows: rows.length,
    logLoss: meanOver(otherLosses, view),
    againstClassShares: skill(otherLosses, losses(classShares.probabilities)),
    againstVolatility: volatility === undefined ? null : skill(otherLosses, losses(volatility.probabilities)),
    modelAgainst: skill(losses(model.probabilities), otherLosses),
  };
}

const keyOf = ({ symbols, symbolIndex, openTimeMs }: ForecastRecord, row: number): string => `${openTimeMs[row]} ${symbols[symbolIndex[row]]}`;
