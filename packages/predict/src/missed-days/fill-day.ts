// Gives a past day its answer: one that is missing is made, one that is damaged is kept aside and made again.
import { type DailyPrediction, sha256Hex } from '@forecastlab/core';
import { pathOf } from '../answers/answer-path.js';
import { copyToQuarantine } from '../answers/quarantine.js';
import { type DamagedAnswer, type MarketDay, readAnswerAt, type StoredAnswer } from '../answers/read-answer.js';
import { type RecordedAnswer, recordAnswer } from '../answers/recorded-answers.js';
import type { Answerer } from '../bundle/run-bundles.js';
import type { RunContext } from '../run/run-context.js';
import { answerPastDay, type PastDay, type SkipCode } from './past-day.js';

/** A past day that has an answer now. */
export interface FilledDay {
  readonly date: string;
  readonly symbol: string;
  /** `restored`: the bytes that were there before. */
  readonly status: 'written' | 'restored' | 'dry-run';
  readonly path: string;
  readonly deploy_name: string;
  /** True where it is marked as made later than its day. */
  readonly backfilled: boolean;
  /** Where a damaged file was moved to. */
  readonly quarantine: string | null;
}

/** A past day that can have no answer. */
export interface SkippedDay {
  readonly date: string;
  readonly symbol: string;
  readonly code: SkipCode;
  readonly reason: string;
  readonly quarantine: string | null;
}

export type DayOutcome =
  | { readonly kind: 'there'; readonly path: string }
  | { readonly kind: 'filled'; readonly day: FilledDay; readonly prediction: DailyPrediction; readonly record: RecordedAnswer }
  | { readonly kind: 'skipped'; readonly day: SkippedDay };

/** @throws as answerPastDay, and what writing throws; a copy of a damaged file is aside by then, and it stays where it is until the answer takes its place */
export async function fillDay(run: RunContext, day: MarketDay & { readonly nowMs: number }, options: { readonly found: StoredAnswer; choose(date: string): Promise<Answerer | undefined> }): Promise<DayOutcome> {
  const { found } = options;
  if (found.state === 'valid') return { kind: 'there', path: found.path };
  const isDryRun = run.request.isDryRun === true;
  const damaged = found.state === 'damaged' ? found : undefined;
  const quarantine = damaged === undefined || isDryRun ? null : await copyToQuarantine(run.request.store, damaged);
  // what cannot be made now is made by a later run: until then the damaged file says that the day had its answer
  const past = await answerPastDay(run, day, options);
  if ('skipped' in past) {
    return { kind: 'skipped', day: { date: day.date, symbol: day.symbol, code: past.skipped, reason: past.reason, quarantine } };
  }
  return writeDay(run, day, past, { damaged, quarantine });
}

async function writeDay(run: RunContext, { date, symbol, isOfSeveral }: MarketDay, { prediction, bytes, isAsRecorded }: Exclude<PastDay, { skipped: unknown }>, { damaged, quarantine }: { readonly damaged: DamagedAnswer | undefined; readonly quarantine: string | null }): Promise<DayOutcome> {
  const { isDryRun = false } = run.request;
  const path = damaged?.path ?? pathOf(prediction);
  if (!isDryRun && !(await put(run, { date, symbol, isOfSeveral }, path, bytes, damaged))) return { kind: 'there', path };
  const status = isDryRun ? 'dry-run' : isAsRecorded ? 'restored' : 'written';
  const day: FilledDay = { date, symbol, status, path, deploy_name: prediction.deploy_name, backfilled: prediction.backfilled === true, quarantine };
  return { kind: 'filled', day, prediction, record: recordAnswer(prediction, { path, sha256: sha256Hex(bytes) }) };
}

/** False when somebody else was faster and a valid answer lies there now. What is damaged there is kept aside first. */
async function put(run: RunContext, day: MarketDay, path: string, bytes: Uint8Array, damaged: DamagedAnswer | undefined): Promise<boolean> {
  const { store } = run.request;
  try {
    if (damaged === undefined) await store.createOnly(path, bytes);
    else await store.replace(path, bytes, { ifMatch: damaged.version });
    return true;
  } catch (error) {
    const there = await readAnswerAt(store, path, day);
    if (there.state === 'valid') return false;
    if (there.state === 'none' || there.version === damaged?.version) throw error;
    await copyToQuarantine(store, there);
    await store.replace(path, bytes, { ifMatch: there.version });
    return true;
  }
}
