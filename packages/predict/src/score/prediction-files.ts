// Every prediction that lies in the store, in both layouts; files that cannot be read are named and passed over.
import { createHash } from 'node:crypto';
import { type DailyPrediction, ForecastLabError, isForecastLabError, parseDailyPrediction } from '@forecastlab/core';
import { type ArtifactStore, explainSystemError } from '@forecastlab/core/node';
import { isDamage } from './is-damage.js';
import { markReplacements } from './mark-replacements.js';
import { DAILY_FOLDER } from './score-paths.js';

/** What is wrong with one of many things; the others went on. */
export interface ScoreFailure {
  /** A file, or a market. */
  readonly what: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}

/** A prediction as it lies in the store. */
export interface StoredPrediction {
  readonly path: string;
  readonly sha256: string;
  readonly prediction: DailyPrediction;
  /** An earlier answer of that day was put aside for it; that one lies under superseded/, and counts as the answer of its day. */
  readonly isReplacement: boolean;
}

export interface PredictionFiles {
  /** By date, then path. */
  readonly predictions: readonly StoredPrediction[];
  readonly failures: readonly ScoreFailure[];
  /** First 12 characters of the sha256 of answers that were put aside at some time. */
  readonly superseded: ReadonlySet<string>;
}

/** `<date>.json` or `<SYMBOL>/<date>.json`, and the like under superseded/, with 12 characters of its sha256. */
const FILE = /^(?:([A-Z0-9_]{2,40})\/)?(\d{4}-\d{2}-\d{2})\.json$/;
const SUPERSEDED = /^(?:([A-Z0-9_]{2,40})\/)?superseded\/(\d{4}-\d{2}-\d{2})\.([0-9a-f]{12})\.json$/;

/** Files read at the same time: an object store answers each in its own time. */
const AT_ONCE = 16;

/**
 * Reads those that have something to tell, and of days with answers that were put aside the first one too. Throws INTERRUPTED, and what the store
 * throws when it cannot be listed.
 * @param options.isSettled true for the path of a file all of whose answers are written down: it is not read again, unless an earlier answer
 * was put aside for it
 * @param options.isKnown true for the sha256 of an answer that was written down as the first of its day
 */
export async function readPredictionFiles(store: ArtifactStore, { signal, isSettled, isKnown }: { readonly signal?: AbortSignal | undefined; readonly isSettled: (path: string) => boolean; readonly isKnown: (sha256: string) => boolean }): Promise<PredictionFiles> {
  const names = (await store.list(DAILY_FOLDER)).map((path) => path.slice(DAILY_FOLDER.length));
  const putAside = names.flatMap((name) => [SUPERSEDED.exec(name) ?? []].filter((match) => match.length > 0));
  const days = new Set(putAside.map(([, , date]) => date));
  const all = names.flatMap((name) => [FILE.exec(name) ?? []].filter((match) => match.length > 0)).map(([name, symbol, date]) => ({ path: `${DAILY_FOLDER}${name}`, symbol, date }));
  const aside = putAside.map(([name, symbol, date]) => ({ path: `${DAILY_FOLDER}${name}`, symbol, date, isAside: true }));
  const files = [...all.filter(({ path, date }) => days.has(date) || !isSettled(path)), ...aside];
  const read: (StoredPrediction | ScoreFailure | undefined)[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let i = next++; i < files.length; i = next++) {
      signal?.throwIfAborted();
      read[i] = await readOne(store, files[i]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const found = read.filter((item): item is StoredPrediction => item !== undefined && 'prediction' in item);
  const isAside = new Set(aside.map(({ path }) => path));
  const predictions = markReplacements(found.filter(({ path }) => !isAside.has(path)), found.filter(({ path }) => isAside.has(path)), isKnown);
  return {
    predictions: predictions.sort((a, b) => compare(a.prediction.asof_date, b.prediction.asof_date) || compare(a.path, b.path)),
    failures: read.filter((item): item is ScoreFailure => item !== undefined && !('prediction' in item)),
    superseded: new Set(putAside.map(([, , , sha256]) => sha256)),
  };
}

/** What lies under superseded/ and is no prediction says nothing: whoever forced it away saw that. */
async function readOne(store: ArtifactStore, { path, symbol, date, isAside = false }: { readonly path: string; readonly symbol: string | undefined; readonly date: string; readonly isAside?: boolean }): Promise<StoredPrediction | ScoreFailure | undefined> {
  try {
    const bytes = await store.read(path);
    if (bytes === undefined) return undefined; // put aside since it was listed
    const prediction = parseDailyPrediction(new TextDecoder().decode(bytes), { fileName: store.describe(path) });
    if (prediction.asof_date !== date || (symbol !== undefined && prediction.symbol !== symbol)) {
      throw new ForecastLabError('CORRUPT', `${store.describe(path)} holds the prediction of ${prediction.symbol} of ${prediction.asof_date}, which does not belong there.`, { hint: 'Move the file to where it belongs, or aside.' });
    }
    return { path, sha256: createHash('sha256').update(bytes).digest('hex'), prediction, isReplacement: false };
  } catch (error) {
    return isAside && isDamage(error) ? undefined : failureOf(path, error);
  }
}

/** An error as a failure of one thing. Throws on an interruption, and on what is none of ours. */
export function failureOf(what: string, error: unknown): ScoreFailure {
  const told = isForecastLabError(error) ? error : explainSystemError(error);
  if (told === undefined || told.code === 'INTERRUPTED') throw error;
  return { what, code: told.code, message: told.message, hint: told.hint ?? null };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
