// The whole measurement of drift for one day, for reports: what a prediction tells in sentences, with every number.
import type { BundleCandidate } from '../bundle/bundle-meta.js';
import { checkBundleFeatures } from '../bundle/check-bundle-features.js';
import type { Bundle } from '../bundle/load-bundle.js';
import { optionError } from '../errors.js';
import { computeCandidateFeatures } from '../features/candidate-features.js';
import type { FeatureTable } from '../features/feature-table.js';
import { parseInterval } from '../klines/interval.js';
import { type Klines, sliceKlines } from '../klines/klines.js';
import { parseCandidate } from '../labels/candidate.js';
import { findAsOfBar } from './as-of-bar.js';
import { type BundleDrift, bundleDrift } from './bundle-drift.js';
import { answerWarnings, driftWarnings } from './drift-warnings.js';
import { leaderOf } from './leader-of.js';

export interface DriftDayOptions {
  /** UTC date `YYYY-MM-DD`. Default: the newest complete day of the klines. */
  readonly asofDate?: string | undefined;
  /** The market that the bars are of. Default: the bundle's, of several the first. */
  readonly symbol?: string | undefined;
  /** Closed bars of the leading market, for bundles that follow one. */
  readonly leader?: Klines | undefined;
  /** Newest bars to compare: one of the lengths that the bundle has lines for (20, 60, 120; fewer after a short training). Default: 60, or fewer where there are not as many. */
  readonly rows?: number | undefined;
}

/** Drift on one day. */
export interface DayDrift extends BundleDrift {
  /** UTC date of the as-of bar. */
  readonly asofDate: string;
  readonly symbol: string;
  /** False for a bundle of an older version, of which only the age is known. */
  readonly hasReference: boolean;
  /** What was found, as the prediction of that day says it; of a candidate with its name in front. */
  readonly findings: readonly string[];
}

/**
 * Measures drift as predictDay does, on the same bars.
 * @throws as predictDay; BAD_OPTION for a number of rows that the bundle has no lines for
 */
export function driftDay(bundle: Bundle, klines: Klines, { asofDate, symbol = bundle.meta.symbol, leader, rows }: DriftDayOptions = {}): DayDrift {
  const { meta } = bundle;
  checkBundleFeatures(bundle);
  checkRows(bundle, rows);
  const intervalMs = parseInterval(meta.interval).ms;
  const asOf = findAsOfBar(klines, { intervalMs, ...(asofDate === undefined ? {} : { asofDate }) });
  const known = sliceKlines(klines, 0, asOf.row + 1);
  const questions = meta.candidates.map(({ name }) => parseCandidate(name));
  const { tables } = computeCandidateFeatures(known, meta.featureNames, questions, { leader: leaderOf(meta, symbol, leader, known.openTimeMs[asOf.row])?.klines });
  const tableOf = ({ name }: BundleCandidate): FeatureTable => tables[questions.findIndex((question) => question.name === name)];
  const drift = bundleDrift(bundle, tableOf, { row: asOf.row, symbol, intervalMs, rows });
  const ofAnswers = [...drift.answers].flatMap(([name, answers]) => answerWarnings(answers).map((warning) => `${name}: ${warning}`));
  return { ...drift, asofDate: asOf.date, symbol, hasReference: meta.driftReference.distribution !== undefined, findings: [...driftWarnings(drift), ...ofAnswers] };
}

function checkRows({ meta }: Bundle, rows: number | undefined): void {
  const lengths = meta.driftReference.distribution?.windows.map((windows) => windows.rows) ?? [];
  if (rows === undefined || lengths.length === 0 || lengths.includes(rows)) return;
  throw optionError('the drift', 'rows', `one of the lengths that the bundle ${meta.deployName} has lines for: ${lengths.join(', ')}`, rows);
}
