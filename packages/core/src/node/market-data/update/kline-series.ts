// A series of stored klines while an update adds to it: what is new, what was restated, where it came from, which gaps are real.
import { COLUMN_NAMES } from '../../../klines/csv-columns.js';
import { createKlines, KLINE_COLUMNS, type KlineColumn, type Klines, klineCount } from '../../../klines/klines.js';
import { type ChangedBar, joinKlines, mergeKlines } from '../../../klines/merge-klines.js';
import type { TimeSpan } from '../../../klines/time-spans.js';
import type { ArchiveRecord, KlinesManifest, RestatedBar, SourceSpan } from '../klines-manifest.js';
import { traceSources } from './source-spans.js';

/** Bars that a source gave in answer to one question. */
export interface KlinesBatch {
  /** Closed bars, ascending. */
  readonly klines: Klines;
  /** `rest`, `dumps`, `file`. */
  readonly source: string;
  /** What was asked for. */
  readonly asked?: TimeSpan;
  /**
   * Parts in which this is all that there is, because the exchange was asked about them a second time: a stored bar that is not in it is
   * taken away, gaps and odd bars are true. Oldest first. Default: none.
   */
  readonly settled?: readonly TimeSpan[];
  readonly archive?: ArchiveRecord;
}

/** What the manifest is told beside the bars. */
export interface SeriesFacts {
  readonly restated: readonly RestatedBar[];
  readonly sources: readonly SourceSpan[];
  readonly archives: readonly ArchiveRecord[];
  /** Spans of open times that this update has settled: the bars there are just what the exchange gave when it was asked again. */
  readonly fetched: readonly TimeSpan[];
}

export class KlineSeries {
  private klines: Klines;
  private waiting: { readonly klines: Klines; readonly source: string }[] = [];
  private lastMs: number;
  private sources: readonly SourceSpan[];
  private readonly restated: RestatedBar[];
  private readonly archives: Map<string, ArchiveRecord>;
  private readonly fetched: TimeSpan[] = [];
  private newArchives: ArchiveRecord[] = [];
  /** Bars that were not there when the update began. */
  added = 0;
  /** Bars restated or taken away since then. */
  changed = 0;
  /** True while the store does not have all of it. */
  isDirty = false;

  constructor(
    before: { readonly klines: Klines; readonly manifest: KlinesManifest | undefined } | undefined,
    private readonly options: {
      /** The exchange's clock, for the record of restated bars. */
      nowMs(): number;
    },
  ) {
    this.klines = before?.klines ?? createKlines(0);
    this.lastMs = lastOpenOf(this.klines);
    const manifest = before?.manifest;
    this.sources = manifest?.sources ?? (before === undefined ? [] : [wholeSpan(this.klines, manifest?.source ?? 'file')]);
    this.restated = [...(manifest?.restated ?? [])];
    this.archives = new Map((manifest?.archives ?? []).map((record) => [record.name, record]));
  }

  /** Open time of the newest bar; -Infinity without bars. */
  get lastOpenMs(): number {
    return this.lastMs;
  }

  /** Takes an answer in. */
  apply(batch: KlinesBatch): void {
    const { klines, source, archive, settled = [] } = batch;
    const rows = klineCount(klines);
    if (archive !== undefined) {
      this.isDirty ||= JSON.stringify(this.archives.get(archive.name)) !== JSON.stringify(archive);
      this.archives.set(archive.name, archive);
      this.newArchives.push(archive);
    }
    this.fetched.push(...settled);
    if (rows > 0 && klines.openTimeMs[0] > this.lastMs && settled.length === 0) {
      this.waiting.push({ klines, source });
      this.added += rows;
      this.isDirty = true;
    } else if (rows > 0) {
      this.settle();
      this.merge(batch, settled);
    }
    this.lastMs = Math.max(this.lastMs, lastOpenOf(klines));
  }

  /** All bars so far, oldest first, and the facts about them. */
  settle(): { readonly klines: Klines; readonly facts: SeriesFacts } {
    if (this.waiting.length > 0) {
      let row = klineCount(this.klines);
      const added = this.waiting.map(({ klines, source }) => ({ source, from: row, to: (row += klineCount(klines)) }));
      this.klines = joinKlines([this.klines, ...this.waiting.map((part) => part.klines)]);
      this.waiting = [];
      this.sources = traceSources(this.klines, { before: this.sources, added, fallback: 'file' });
    }
    const archives = [...this.archives.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return { klines: this.klines, facts: { restated: this.restated, sources: this.sources, archives, fetched: this.fetched } };
  }

  /** Archives taken in since the last call. */
  takeNewArchives(): readonly ArchiveRecord[] {
    const taken = this.newArchives;
    this.newArchives = [];
    return taken;
  }

  private merge({ klines, source }: KlinesBatch, wholeSpans: readonly TimeSpan[]): void {
    const merged = mergeKlines(this.klines, klines, { wholeSpans });
    this.klines = merged.klines;
    this.sources = traceSources(this.klines, { before: this.sources, added: merged.addedRows.map((range) => ({ source, ...range })), fallback: 'file' });
    const noticed = new Date(this.options.nowMs()).toISOString();
    this.restated.push(...merged.changed.map((bar) => restatedBar(bar, source, noticed)));
    this.added += merged.added;
    this.changed += merged.changed.length;
    this.isDirty ||= merged.added > 0 || merged.changed.length > 0;
  }
}

function restatedBar({ openTimeMs, before, after }: ChangedBar, source: string, noticed: string): RestatedBar {
  const named = (values: ChangedBar['before']): RestatedBar['before'] =>
    Object.fromEntries(KLINE_COLUMNS.filter((column) => column in values).map((column) => [COLUMN_NAMES[column][0], jsonNumber(values, column)]));
  return { open: new Date(openTimeMs).toISOString(), noticed, source, before: named(before), after: named(after) };
}

function jsonNumber(values: ChangedBar['before'], column: KlineColumn): number | null {
  const value = values[column];
  return value === undefined || Number.isNaN(value) ? null : value;
}

function lastOpenOf(klines: Klines): number {
  const rows = klineCount(klines);
  return rows === 0 ? -Infinity : klines.openTimeMs[rows - 1];
}

function wholeSpan(klines: Klines, source: string): SourceSpan {
  return { source, from: new Date(klines.openTimeMs[0]).toISOString(), to: new Date(lastOpenOf(klines)).toISOString() };
}
