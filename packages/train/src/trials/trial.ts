// A trial: a candidate with the settings that decide its forecasts, on the bars from where they begin. Whoever tries long enough finds
// "skill", so every trial is kept in outputs/trials.jsonl before its result can be looked at, and tests allow for all of them.
import { sha256Hex } from '@forecastlab/core';

/** The ledger: one JSON object a line, append-only. */
export const TRIALS_PATH = 'outputs/trials.jsonl';

export const TRIAL_KINDS = ['search', 'evidence', 'bundle', 'importance'] as const;
export type TrialKind = (typeof TRIAL_KINDS)[number];

export interface Trial {
  readonly kind: TrialKind;
  /** The run, the bundle, or the model whose importances were asked for, in which it was made first. */
  readonly run: string;
  /** Markets that it was fitted and judged on, as tradedName gives them: a pooled trial counts for each. */
  readonly symbols: readonly string[];
  readonly interval: string;
  readonly candidate: string;
  /** Of trialDigest. */
  readonly digest: string;
  /** Open time of the first bar of all, UTC ms. */
  readonly firstOpenMs: number;
}

/** Two trials with the same key are one, whatever runs they stand in. */
export function trialKey({ candidate, digest }: Pick<Trial, 'candidate' | 'digest'>): string {
  return `${candidate} ${digest}`;
}

/**
 * Digest of what decides a trial's forecasts besides the candidate: settings and the bar where the data begins; newer bars at the end
 * are the same trial on more data. Give JSON values only, and no setting that changes no forecast.
 */
export function trialDigest(deciding: Readonly<Record<string, unknown>> & { readonly firstOpenMs: number }): string {
  return sha256Hex(new TextEncoder().encode(canonicalJson(deciding)));
}

/** `btc-usdt` and BTCUSDT are one market; without a symbol the file stands for it. */
export function tradedName({ symbol, file }: { readonly symbol: string | null; readonly file: string }): string {
  return symbol === null ? file : symbol.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** JSON with the keys of every object in order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}
