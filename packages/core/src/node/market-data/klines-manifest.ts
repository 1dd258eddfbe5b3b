// The manifest beside stored klines: where they came from, what they span, a fingerprint of each month, gaps.
import { z } from 'zod';
import type { Gap } from '../../klines/finding.js';
import type { ArchiveRecord } from '../dumps/archive-record.js';
import { parseSmallJson } from './parse-small-json.js';
import type { Venue } from './raw-klines-path.js';

export const MANIFEST_SCHEMA = 'forecastlab.klines-manifest/1';

/** A bar whose values the source changed after they were stored; the new ones are stored since. */
export interface RestatedBar {
  /** Open time, ISO 8601 UTC. */
  readonly open: string;
  /** When it was noticed, ISO 8601 UTC, by the exchange's clock. */
  readonly noticed: string;
  /** Where the new values came from: `rest`, `dumps`. */
  readonly source: string;
  /** Only the columns that changed, by the names of the CSV; null is a missing value. */
  readonly before: Readonly<Record<string, number | null>>;
  readonly after: Readonly<Record<string, number | null>>;
}

export type { ArchiveRecord };

/** Bars between two open times (both inclusive, ISO 8601 UTC) that came from one source. */
export interface SourceSpan {
  /** `rest`, `dumps`, `file`, `sample`. */
  readonly source: string;
  readonly from: string;
  readonly to: string;
}

/** Bars that are missing. */
export interface ManifestGap {
  readonly from: string;
  readonly to: string;
  readonly bars: number;
  /** True when the exchange was asked and has none: it was down, nothing was traded. */
  readonly confirmed?: boolean;
}

/**
 * Bars between two open times (both inclusive, ISO 8601 UTC) that look odd, and that the exchange gave in just this way when it was
 * asked again: an outage cut them short, or nobody traded. A repair leaves them alone.
 */
export interface ConfirmedBars {
  readonly from: string;
  readonly to: string;
}

/** One Parquet file of klines stored so. */
export interface KlinesPart {
  /** Relative to the store. */
  readonly path: string;
  /** `YYYY-MM`. */
  readonly month: string;
  readonly rows: number;
  /** sha256 of the file. */
  readonly sha256: string;
}

/** `<klines>.manifest.json`. */
export interface KlinesManifest {
  readonly schema: string;
  /** `sample`, `rest`, `dumps`, `auto` (dumps and REST), `file`. */
  readonly source: string;
  readonly symbol: string;
  readonly interval: string;
  /** Absent for spot. */
  readonly venue?: Venue;
  readonly synthetic: boolean;
  /** Absent for CSV. */
  readonly format?: 'parquet';
  readonly rows: number;
  /** Open time of the first and last bar, ISO 8601 UTC; null without bars. */
  readonly first_open: string | null;
  readonly last_open: string | null;
  /** sha256 of the CSV file; of Parquet: of the lines `<sha256 of part> <month>\n`. */
  readonly sha256: string;
  /** Fingerprint of each month's bars by `YYYY-MM`. */
  readonly months: Readonly<Record<string, string>>;
  /** Of Parquet, oldest first. */
  readonly parts?: readonly KlinesPart[];
  /** ISO 8601 UTC: from here on everything that the source has was asked for. Absent when nobody knows. */
  readonly asked_from?: string;
  readonly gaps: readonly ManifestGap[];
  /** Odd bars that the exchange has confirmed, oldest first; absent without any. */
  readonly confirmed?: readonly ConfirmedBars[];
  /** Bars whose values the source changed after they were stored, as they were noticed. */
  readonly restated: readonly RestatedBar[];
  /** Which bars came from where, oldest first. */
  readonly sources?: readonly SourceSpan[];
  /** By name. */
  readonly archives?: readonly ArchiveRecord[];
  /** How the sample market was made; absent for real ones. */
  readonly generator?: { readonly seed: number; readonly signal: number };
}

const time = z.iso.datetime();
const changedColumns = z.record(z.string(), z.number().nullable());
const schema: z.ZodType<KlinesManifest> = z.object({
  schema: z.literal(MANIFEST_SCHEMA),
  source: z.string(),
  symbol: z.string(),
  interval: z.string(),
  venue: z.enum(['spot', 'usdm']).exactOptional(),
  synthetic: z.boolean(),
  format: z.literal('parquet').exactOptional(),
  rows: z.number().int().min(0),
  first_open: time.nullable(),
  last_open: time.nullable(),
  sha256: z.string(),
  months: z.record(z.string(), z.string()),
  parts: z.array(z.object({ path: z.string(), month: z.string(), rows: z.number().int().min(1), sha256: z.string() })).exactOptional(),
  asked_from: time.exactOptional(),
  gaps: z.array(z.object({ from: time, to: time, bars: z.number(), confirmed: z.boolean().exactOptional() })),
  confirmed: z.array(z.object({ from: time, to: time })).exactOptional(),
  restated: z.array(z.object({ open: time, noticed: time, source: z.string(), before: changedColumns, after: changedColumns })),
  sources: z.array(z.object({ source: z.string(), from: time, to: time })).exactOptional(),
  archives: z.array(z.object({ name: z.string(), sha256: z.string(), last_modified: time.nullable(), rows: z.number().int().min(0), refused: z.string().exactOptional() })).exactOptional(),
  generator: z.object({ seed: z.number(), signal: z.number() }).exactOptional(),
});

/** @throws CORRUPT naming the file and what is wrong */
export function parseManifest(bytes: Uint8Array, options: { readonly fileName: string }): KlinesManifest {
  return parseSmallJson(bytes, { ...options, what: 'a manifest of klines', schema });
}

/** Gaps as the manifest writes them. */
export function manifestGaps(gaps: readonly Gap[]): ManifestGap[] {
  return gaps.map(({ fromMs, toMs, missingBars }) => ({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), bars: missingBars }));
}
