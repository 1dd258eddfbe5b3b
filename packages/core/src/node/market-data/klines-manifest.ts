// The manifest beside stored klines: where they came from, what they span, a fingerprint of each month, gaps.
import { z } from 'zod';
import { fingerprintKlines } from '../../klines/fingerprint-klines.js';
import { type Klines, klineCount, sliceKlines } from '../../klines/klines.js';
import type { Gap } from '../../klines/finding.js';
import { parseSmallJson } from './parse-small-json.js';

export const MANIFEST_SCHEMA = 'forecastlab.klines-manifest/1';

/** `<klines>.manifest.json`. */
export interface KlinesManifest {
  readonly schema: string;
  /** `sample`, `rest`, `dumps`. */
  readonly source: string;
  readonly symbol: string;
  readonly interval: string;
  readonly synthetic: boolean;
  readonly rows: number;
  /** Open time of the first and last bar, ISO 8601 UTC; null without bars. */
  readonly first_open: string | null;
  readonly last_open: string | null;
  /** sha256 of the CSV file. */
  readonly sha256: string;
  /** Fingerprint of each month's bars by `YYYY-MM`. */
  readonly months: Readonly<Record<string, string>>;
  readonly gaps: readonly { readonly from: string; readonly to: string; readonly bars: number }[];
  /** Bars whose values the source changed after they were stored. */
  readonly restated: readonly unknown[];
  /** How the sample market was made; absent for real ones. */
  readonly generator?: { readonly seed: number; readonly signal: number };
}

const schema: z.ZodType<KlinesManifest> = z.object({
  schema: z.literal(MANIFEST_SCHEMA),
  source: z.string(),
  symbol: z.string(),
  interval: z.string(),
  synthetic: z.boolean(),
  rows: z.number().int().min(0),
  first_open: z.string().nullable(),
  last_open: z.string().nullable(),
  sha256: z.string(),
  months: z.record(z.string(), z.string()),
  gaps: z.array(z.object({ from: z.string(), to: z.string(), bars: z.number() })),
  restated: z.array(z.unknown()),
  generator: z.object({ seed: z.number(), signal: z.number() }).exactOptional(),
});

/** @throws CORRUPT naming the file and what is wrong */
export function parseManifest(bytes: Uint8Array, options: { readonly fileName: string }): KlinesManifest {
  return parseSmallJson(bytes, { ...options, what: 'a manifest of klines', schema });
}

/** Fingerprint of each month's bars, oldest month first. */
export function monthFingerprints(klines: Klines): Record<string, string> {
  const months: Record<string, string> = {};
  let start = 0;
  const count = klineCount(klines);
  while (start < count) {
    const month = monthOf(klines.openTimeMs[start]);
    let end = start + 1;
    while (end < count && monthOf(klines.openTimeMs[end]) === month) end += 1;
    months[month] = fingerprintKlines(sliceKlines(klines, start, end));
    start = end;
  }
  return months;
}

/** Gaps as the manifest writes them. */
export function manifestGaps(gaps: readonly Gap[]): KlinesManifest['gaps'] {
  return gaps.map(({ fromMs, toMs, missingBars }) => ({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), bars: missingBars }));
}

const monthOf = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 7);
