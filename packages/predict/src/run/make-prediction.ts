// The prediction of a day, with what the run must say of it beyond what bundle and bars say.
import { type Bundle, type DailyPrediction, type Klines, predictDay } from '@forecastlab/core';
import { isSampleSymbol, nativeFingerprint } from '@forecastlab/core/node';

export interface MakeOptions {
  readonly symbol: string;
  /** UTC date. Default: the newest complete day. */
  readonly asofDate?: string | undefined;
  /** Closed bars of the market that the bundle follows. */
  readonly leader: Klines | undefined;
  /** Marks an answer that was made later than its day. Default: false. */
  readonly isBackfilled?: boolean | undefined;
  /** Said before the bundle's own warnings. Default: none. */
  readonly runWarnings?: readonly string[] | undefined;
}

/** Predicts with every candidate of the bundle. Throws as predictDay. */
export function makePrediction(bundle: Bundle, klines: Klines, { symbol, asofDate, leader, isBackfilled = false, runWarnings = [] }: MakeOptions): DailyPrediction {
  const isSynthetic = bundle.meta.symbols === undefined ? undefined : isSampleSymbol(symbol);
  const prediction = predictDay(bundle, klines, { ...(asofDate === undefined ? {} : { asofDate }), symbol, isSynthetic, leader, fingerprint: nativeFingerprint });
  return { ...prediction, ...(isBackfilled ? { backfilled: true } : {}), warnings: [...runWarnings, ...prediction.warnings] };
}
