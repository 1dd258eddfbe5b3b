// Something that a person must hear of.

/** What happened, for a person and for filters. */
export interface Alert {
  /** Kind of trouble, for filters: `stale-data`, `prediction-failed`, `bundle-fallback`, `drift`, `job-failed`, `missing-prediction`, … */
  readonly kind: string;
  /** Which trouble of that kind, such as `stale-data:BTCUSDT`: repeats of one key are held back. */
  readonly key: string;
  readonly severity: 'info' | 'warning' | 'error';
  /** One line. */
  readonly title: string;
  /** What to do about it, or more of what happened. */
  readonly text?: string | undefined;
  /** JSON-safe; without secrets. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** Where alerts go. Telling one never fails: what cannot be delivered is logged, and tried again with the next. */
export interface Alerts {
  /** Tells a trouble, unless the same was told a short while ago. */
  raise(alert: Alert): Promise<void>;
  /** A trouble that was told is over: told once, and the key may be raised anew. Without effect when it was not. */
  resolve(key: string, options: { readonly title: string }): Promise<void>;
}
