// Where scoring reads and writes, relative to the store.

/** Predictions, one a day: `<date>.json`, and of bundles of several markets `<SYMBOL>/<date>.json`. */
export const DAILY_FOLDER = 'outputs/predictions/daily/';

/** Realised labels, append-only. */
export const OUTCOMES_FILE = 'outputs/predictions/outcomes.jsonl';

/** The scorecard of the last run. */
export const SCORECARD_FILE = 'outputs/predictions/scorecard.json';

/** Where a damaged file of outcomes is kept, by the sha256 of its bytes. */
export function quarantinedOutcomes(sha256: string): string {
  return `outputs/predictions/quarantine/outcomes.${sha256.slice(0, 12)}.jsonl`;
}
