// Writes a growing series into the store: at the end, and now and then before it.
import type { ArtifactStore } from '../../store/artifact-store.js';
import type { HeldLock } from '../../store/with-lock.js';
import type { KlinesManifest } from '../klines-manifest.js';
import type { Market } from '../raw-klines-path.js';
import { type KlinesFormat, type PreviousKlines, writeStoredKlines } from '../write-stored-klines.js';
import type { KlineSeries } from './kline-series.js';
import { sourceName } from './source-spans.js';

/** What a kill may cost. */
const EVERY_MS = 5_000;
/** Long series take long to write: no more than a tenth of the time goes into it. */
const WORK_PER_WRITE = 9;

export class SeriesWriter {
  /** Set once all that is older than the series is known not to exist. */
  askedFromMs: number | undefined;
  /** As it was last written. */
  manifest: KlinesManifest | undefined;
  private dueMs: number;
  private isRescuing = false;
  private previous: PreviousKlines | undefined;

  constructor(
    private readonly store: ArtifactStore,
    private readonly market: Market,
    private readonly series: KlineSeries,
    private readonly options: {
      nowMs(): number;
      readonly format: KlinesFormat | undefined;
      readonly before: PreviousKlines | undefined;
      /** Held while the series is written: when it was lost another process may be writing. */
      readonly lock: HeldLock;
      /** Told after each write: archives on disk may go. */
      readonly onWritten: () => Promise<void>;
    },
  ) {
    this.manifest = options.before?.manifest;
    this.previous = options.before;
    const { asked_from: askedFrom } = options.before?.manifest ?? {};
    if (askedFrom !== undefined) this.askedFromMs = Date.parse(askedFrom);
    this.dueMs = options.nowMs() + EVERY_MS;
  }

  /** Writes when it is time again. */
  async writeNowAndThen(): Promise<void> {
    if (this.series.isDirty && this.options.nowMs() >= this.dueMs) await this.write();
  }

  /** Writes what there is; the same bars again change no byte. */
  async write(): Promise<void> {
    const { lock, nowMs, format, onWritten } = this.options;
    const { klines, facts } = this.series.settle();
    if (klines.openTimeMs.length === 0) return;
    await lock.check();
    this.isRescuing = true; // a write that failed is not tried again
    const startMs = nowMs();
    const { sources, restated, archives, fetched } = facts;
    const { manifest } = await writeStoredKlines(this.store, this.market, klines, {
      source: sourceName(sources),
      ...(format === undefined ? {} : { format }),
      previous: this.previous,
      guard: () => lock.check(),
      facts: { restated, archives, sources, fetched, askedFromMs: this.askedFromMs },
    });
    this.isRescuing = false;
    this.manifest = manifest;
    this.previous = { klines, manifest, isVouchedFor: true };
    this.series.isDirty = false;
    const endMs = nowMs();
    this.dueMs = endMs + Math.max(EVERY_MS, WORK_PER_WRITE * (endMs - startMs));
    await onWritten();
  }

  /** After a failure: keeps what was fetched until then, if the store still takes it. */
  async rescue(): Promise<void> {
    if (this.isRescuing || this.options.lock.signal.aborted || !this.series.isDirty) return;
    await this.write().catch(() => undefined); // the failure that led here matters more
  }
}
