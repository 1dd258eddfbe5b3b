// The drift of each market of a bundle on one day, as JSON. Reads bars and bundle, writes nothing.
import { type AnswerDrift, type ColumnDrift, type DayDrift, driftDay, type DriftMeasurement, isForecastLabError } from '@forecastlab/core';
import { type ArtifactStore, explainSystemError } from '@forecastlab/core/node';
import { readPreparedBars } from '../bars/prepared-bars.js';
import { readLeadingBars } from '../bars/read-leading-bars.js';
import { chooseSymbol, chooseSymbols } from '../bundle/choose-symbols.js';
import { openRunBundles } from '../bundle/run-bundles.js';

export interface DriftRequest {
  readonly store: ArtifactStore;
  /** UTC ms: bars that close later are not looked at. */
  readonly nowMs: number;
  /** A klines file. Default: the stored klines. */
  readonly dataFile?: string | undefined;
  readonly symbols?: readonly string[] | undefined;
  /** UTC date. Default: the newest complete day. */
  readonly asofDate?: string | undefined;
  /** Default: the active one. */
  readonly bundleName?: string | undefined;
  /** Newest bars to compare. Default: 60, or fewer. */
  readonly rows?: number | undefined;
}

/** The answers of one candidate against its evaluation. */
export interface ReportedAnswers extends Omit<AnswerDrift, 'columns'> {
  readonly candidate: string;
  readonly classes: readonly ColumnDrift[];
}

/** One market. */
export interface MarketDrift {
  readonly symbol: string;
  readonly asof_date: string;
  /** True when the features as a whole have moved, or one has stopped. */
  readonly is_drifted: boolean;
  /** What the prediction of that day says of it, one sentence each. */
  readonly findings: readonly string[];
  /** Null where the bundle holds no reference, or there are too few bars. */
  readonly features: DriftMeasurement | null;
  readonly distance: { readonly rank: number; readonly distance: number; readonly line: number; readonly is_far: boolean; readonly nearest_date: string } | null;
  readonly model_age_days: number;
  readonly answers: readonly ReportedAnswers[];
  /** False for a bundle of an older version, of which only the age is known. */
  readonly has_reference: boolean;
  readonly data_file: string;
  readonly data_warnings: readonly string[];
}

/** A market that could not be measured. */
export interface DriftFailure {
  readonly symbol: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}

export interface DriftReport {
  readonly deploy_name: string;
  readonly cut_off: string;
  readonly markets: readonly MarketDrift[];
  /** Markets of the bundle that were left out because no klines of theirs are stored. */
  readonly not_stored: readonly string[];
  /** Markets that could not be measured; the others were. */
  readonly failures: readonly DriftFailure[];
}

/**
 * Measures the drift of each market; of several, those whose bars cannot be used are named, and the others measured.
 * @throws BAD_OPTION without an active bundle, for a symbol that is none or rows that the bundle has no lines for, BAD_FILE for bars of a single market that cannot be read
 */
export async function reportDrift(request: DriftRequest): Promise<DriftReport> {
  const { store, nowMs, dataFile, asofDate, rows } = request;
  const { bundle } = await openRunBundles(request).answerer();
  const { meta } = bundle;
  const { symbols, notStored } =
    dataFile === undefined ? await chooseSymbols(meta, { store, symbols: request.symbols, isUpdating: false }) : { symbols: [chooseSymbol(meta, { symbol: request.symbols?.[0], dataFile })], notStored: [] };
  const leader = await readLeadingBars(store, meta, { nowMs });
  const markets: MarketDrift[] = [];
  const failures: DriftFailure[] = [];
  for (const symbol of symbols) {
    try {
      const bars = await readPreparedBars({ store, dataFile, symbol, nowMs }, meta);
      const drift = driftDay(bundle, bars.klines, { asofDate, symbol, leader: leader?.klines, rows });
      markets.push(describeMarket(drift, { data_file: bars.path, data_warnings: [...bars.warnings, ...(leader?.warnings ?? [])] }));
    } catch (error) {
      const told = isForecastLabError(error) ? error : explainSystemError(error);
      // of a single market there is nothing else to tell, and what was asked for wrongly is wrong for all
      if (symbols.length === 1 || told === undefined || told.code === 'INTERRUPTED' || isWrongRequest(told.code, request)) throw error;
      failures.push({ symbol, code: told.code, message: told.message, hint: told.hint ?? null });
    }
  }
  return { deploy_name: meta.deployName, cut_off: meta.training.cutOff, markets, not_stored: notStored, failures };
}

const isWrongRequest = (code: string, { rows, asofDate }: DriftRequest): boolean => code === 'BAD_OPTION' && (rows !== undefined || asofDate !== undefined);

function describeMarket({ symbol, asofDate, features, distance, modelAgeDays, answers, findings, hasReference }: DayDrift, bars: Pick<MarketDrift, 'data_file' | 'data_warnings'>): MarketDrift {
  return {
    symbol,
    asof_date: asofDate,
    is_drifted: features !== undefined && (features.isDrifted || features.columns.some(({ verdict }) => verdict === 'stuck')),
    findings,
    features: features ?? null,
    distance:
      distance === undefined
        ? null
        : { rank: distance.rank, distance: distance.distance, line: distance.line, is_far: distance.isFar, nearest_date: new Date(distance.nearestOpenTimeMs).toISOString().slice(0, 10) },
    model_age_days: modelAgeDays,
    answers: [...answers].map(([candidate, { columns, ...own }]) => ({ candidate, ...own, classes: columns })),
    has_reference: hasReference,
    ...bars,
  };
}
