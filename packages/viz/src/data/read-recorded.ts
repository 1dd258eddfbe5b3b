// The daily predictions on file, newest first. One that cannot be read is named in a warning and hides no other.
import { type DailyPrediction, isForecastLabError, parseDailyPrediction } from '@forecastlab/core';
import type { ArtifactStore } from '@forecastlab/core/node';

const FOLDER = 'outputs/predictions/daily';
/** A prediction file is a few kilobytes. */
const MAX_BYTES = 4_000_000;

export interface RecordedPredictions {
  /** Oldest first. */
  readonly predictions: readonly DailyPrediction[];
  readonly warnings: readonly string[];
}

export interface RecordedQuery {
  readonly symbol: string;
  readonly interval: string;
  /** UTC date `YYYY-MM-DD` of the oldest bar shown; the newest prediction is read even if it is older. */
  readonly fromDate: string;
}

/** Reads the predictions of one market: `<date>.json` and `<SYMBOL>/<date>.json`. Superseded ones are no predictions. */
export async function readRecorded(store: ArtifactStore, query: RecordedQuery): Promise<RecordedPredictions> {
  const own = `${FOLDER}/${query.symbol}/`;
  const paths = (await store.list(`${FOLDER}/`)).flatMap((path) => {
    const name = path.startsWith(own) ? path.slice(own.length) : path.slice(FOLDER.length + 1);
    const date = /^(\d{4}-\d{2}-\d{2})\.json$/.exec(name)?.[1];
    return date === undefined ? [] : [{ path, date }];
  });
  paths.sort((a, b) => (a.date === b.date ? 0 : a.date < b.date ? 1 : -1));
  const predictions: DailyPrediction[] = [];
  const warnings: string[] = [];
  for (const { path, date } of paths) {
    if (date < query.fromDate && predictions.length > 0) break;
    try {
      const bytes = await store.read(path, { maxBytes: MAX_BYTES });
      if (bytes === undefined) continue;
      const prediction = parseDailyPrediction(new TextDecoder().decode(bytes), { fileName: path });
      if (prediction.symbol === query.symbol && prediction.interval === query.interval) predictions.push(prediction);
    } catch (error) {
      if (!isForecastLabError(error)) throw error;
      warnings.push(`${error.message} It is not shown.`);
    }
  }
  return { predictions: predictions.reverse(), warnings };
}
