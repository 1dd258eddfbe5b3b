// All trials that are known: those of the ledger, and those of search runs from before there was one. A run whose folder was removed
// stays in the ledger; a run whose lines were damaged still has its meta.json.
import { isFlawed, LABEL_OPTION_VALUES, type LabelOptions } from '@forecastlab/core';
import type { ArtifactStore } from '@forecastlab/core/node';
import { z } from 'zod';
import { BACKTEST_FOLDER } from '../search/run-folder.js';
import { readLedger } from './read-ledger.js';
import { tradedName, type Trial, trialDigest } from './trial.js';

/** The part of any run's meta.json that counts trials. */
export interface TrialsMeta {
  readonly run: string;
  readonly market: { readonly symbol: string | null; readonly interval: string; readonly file: string; readonly firstOpenMs: number };
  readonly options: { readonly [option: string]: unknown; readonly labelOptions?: LabelOptions | undefined };
  readonly candidates: readonly string[];
  readonly earlierTrials: readonly { readonly run: string; readonly candidates: number }[];
}

const metaSchema: z.ZodType<TrialsMeta> = z.object({
  run: z.string(),
  market: z.object({ symbol: z.string().nullable(), interval: z.string(), file: z.string(), firstOpenMs: z.number() }),
  options: z.looseObject({ labelOptions: z.looseObject({ window: z.enum(LABEL_OPTION_VALUES.window) }).optional() }),
  candidates: z.array(z.string()),
  earlierTrials: z.array(z.object({ run: z.string(), candidates: z.number() })),
});

/** Largest meta.json that is read: a thousand candidates need about 100 kB. */
const MAX_META_BYTES = 16_000_000;

/** Settings that change no forecast make no new trial. */
const NOT_DECIDING = ['preset', 'rankBy', 'from', 'shuffledFolds'];

/** Runs first, by name, then what only the ledger knows. The same trial may come more than once: see trialKey. */
export async function readTrials(store: ArtifactStore, log?: (text: string) => void): Promise<readonly Trial[]> {
  const found: Trial[] = [];
  for (const path of await store.list(BACKTEST_FOLDER)) {
    if (!/^[^/]+\/meta\.json$/.test(path.slice(BACKTEST_FOLDER.length))) continue;
    const meta = await readTrialsMeta(store, path);
    if (meta === undefined) log?.(`warning: ${store.describe(path)} cannot be read: what that run tried is not counted.`);
    else found.push(...searchTrials(meta));
  }
  return [...found, ...(await readLedger(store, log))];
}

/** The trials of a search. Trailing labels ask another question, whose answer tells nothing of this one's: none. */
export function searchTrials({ run, market, options, candidates }: Pick<TrialsMeta, 'run' | 'market' | 'options' | 'candidates'>): readonly Trial[] {
  if (isFlawed(options.labelOptions ?? {})) return [];
  const { firstOpenMs, interval } = market;
  const digest = trialDigest({ firstOpenMs, ...Object.fromEntries(Object.entries({ ...options, ...leaderName(options['leader']) }).filter(([name]) => !NOT_DECIDING.includes(name))) });
  return candidates.map((candidate): Trial => ({ kind: 'search', run, symbols: [tradedName(market)], interval, candidate, digest, firstOpenMs }));
}

/** Newer bars of the leader make no other trial, just as the market's own. */
function leaderName(leader: unknown): { readonly leader?: unknown } {
  if (typeof leader !== 'object' || leader === null) return {};
  const { symbol, file } = leader as { readonly symbol?: unknown; readonly file?: unknown };
  return { leader: symbol ?? file };
}

/** Undefined when there is no meta.json or it is none of ours: then it counts for nothing. */
export async function readTrialsMeta(store: ArtifactStore, path: string): Promise<TrialsMeta | undefined> {
  const bytes = await store.read(path, { maxBytes: MAX_META_BYTES });
  if (bytes === undefined) return undefined;
  try {
    return metaSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined;
  }
}
