// Which open times an update must ask for, given what is stored.
import { type Klines, klineCount } from '../../../klines/klines.js';
import type { TimeSpan } from '../../../klines/time-spans.js';
import { parseArchiveName, periodSpan } from '../../dumps/archive-name.js';
import type { KlinesManifest, SourceSpan } from '../klines-manifest.js';
import type { Venue } from '../raw-klines-path.js';

/** The exchange's first bars: spot from July 2017, futures margined in USD from September 2019. */
const FIRST_MS: Readonly<Record<Venue, number>> = { spot: Date.UTC(2017, 6, 1), usdm: Date.UTC(2019, 8, 1) };
/** The newest bars are asked for again: the exchange's database is sometimes late, and corrects itself. */
const BARS_AGAIN = 3;

export interface MissingSpans {
  /** Older than what is stored; undefined when that was asked for already. */
  readonly head: TimeSpan | undefined;
  /** From the newest stored bars on. */
  readonly tail: TimeSpan;
  /** End of the archive that the newest bar came out of: up to here the archives were asked. */
  readonly archivedToMs?: number | undefined;
  /** From here on everything was asked for once both are done; undefined when nobody knows. */
  readonly askedFromMs: number | undefined;
}

/** The spans that are missing up to now. */
export function missingSpans(
  stored: { readonly klines: Klines; readonly manifest: KlinesManifest | undefined } | undefined,
  options: {
    /** UTC ms. Default: that of the stored bars, else the exchange's first. */
    readonly startMs?: number | undefined;
    readonly nowMs: number;
    readonly venue: Venue;
  },
): MissingSpans {
  const { startMs, nowMs, venue } = options;
  const wantedMs = startMs === undefined ? undefined : Math.max(startMs, FIRST_MS[venue]);
  if (stored === undefined) {
    const fromMs = wantedMs ?? FIRST_MS[venue];
    return { head: undefined, tail: { fromMs, toMs: nowMs }, askedFromMs: fromMs };
  }
  const { klines, manifest } = stored;
  const firstMs = klines.openTimeMs[0];
  const askedMs = manifest?.asked_from === undefined ? undefined : Date.parse(manifest.asked_from);
  const reachesBack = wantedMs !== undefined && wantedMs < (askedMs ?? firstMs);
  return {
    head: reachesBack ? { fromMs: wantedMs, toMs: firstMs } : undefined,
    tail: { fromMs: tailFromMs(klines, manifest), toMs: nowMs },
    archivedToMs: archivedToMs(klines, manifest),
    askedFromMs: reachesBack ? wantedMs : askedMs,
  };
}

/** Bars out of an archive are not asked for again: a checksum vouches for them. */
function tailFromMs(klines: Klines, manifest: KlinesManifest | undefined): number {
  const count = klineCount(klines);
  const lastMs = klines.openTimeMs[count - 1];
  const lastSpan = sourceAt(lastMs, manifest);
  if (lastSpan?.source === 'dumps') return lastMs + 1;
  const againMs = klines.openTimeMs[Math.max(0, count - BARS_AGAIN)];
  return lastSpan === undefined ? againMs : Math.max(againMs, Date.parse(lastSpan.from));
}

/** Of bars whose end was lost the manifest knows later sources too. */
function sourceAt(timeMs: number, manifest: KlinesManifest | undefined): SourceSpan | undefined {
  return manifest?.sources?.filter(({ from }) => Date.parse(from) <= timeMs).at(-1);
}

function archivedToMs({ openTimeMs }: Klines, manifest: KlinesManifest | undefined): number | undefined {
  const lastMs = openTimeMs[openTimeMs.length - 1];
  if (manifest === undefined || sourceAt(lastMs, manifest)?.source !== 'dumps') return undefined;
  const ends = (manifest.archives ?? []).flatMap(({ name, refused }) => {
    const archive = refused === undefined ? parseArchiveName(name) : undefined;
    const span = archive === undefined ? undefined : periodSpan(archive.period);
    return span !== undefined && span.fromMs <= lastMs && lastMs < span.toMs ? [span.toMs] : [];
  });
  return ends.length === 0 ? undefined : Math.max(...ends);
}
