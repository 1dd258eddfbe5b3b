// meta.json of a run: all that was asked, so that it can be repeated, resumed by the same call only, and counted as trials.
import { type Candidate, featureSetVersion, isFlawed, klineCount, LABEL_OPTION_VALUES, sha256Hex } from '@forecastlab/core';
import { nativeFingerprint } from '@forecastlab/core/node';
import type { ArtifactStore } from '@forecastlab/core/node';
import { z } from 'zod';
import type { CodeVersion } from '../code-version.js';
import type { SearchPlan } from './plan-search.js';
import type { SearchSettings } from './resolve-settings.js';
import { BACKTEST_FOLDER } from './run-folder.js';
import type { SearchReport } from './search-report.js';
import type { SearchMarket } from './search-request.js';

export const RUN_SCHEMA = 'forecastlab.backtest/1';

export interface RunMeta {
  readonly schema: string;
  readonly run: string;
  readonly market: SearchReport['market'];
  readonly options: SearchSettings;
  readonly featureNames: readonly string[];
  readonly featureSetVersion: string;
  readonly candidates: readonly string[];
  /** Folds by horizon. */
  readonly folds: Readonly<Record<string, number>>;
  /** Distinct settings tried on this market before, by run. */
  readonly earlierTrials: SearchReport['trials']['earlier'];
  readonly forecastlab: string;
  readonly gitCommit: string | null;
}

/** The part of any run's meta.json that counts trials. */
const trialsSchema = z.object({
  run: z.string(),
  market: z.object({ symbol: z.string().nullable(), interval: z.string(), file: z.string(), firstOpenMs: z.number() }),
  options: z.looseObject({ labelOptions: z.object({ window: z.enum(LABEL_OPTION_VALUES.window) }).optional() }),
  candidates: z.array(z.string()),
  earlierTrials: z.array(z.object({ run: z.string(), candidates: z.number() })),
});
type TrialsMeta = z.infer<typeof trialsSchema>;

/** Largest meta.json that is read: a thousand candidates need about 100 kB. */
const MAX_META_BYTES = 16_000_000;

/** The meta of a run; `earlierTrials` as `countEarlierTrials` gives them. */
export function runMeta(run: string, market: SearchMarket, settings: SearchSettings, candidates: readonly Candidate[], plan: SearchPlan, code: CodeVersion, earlierTrials: RunMeta['earlierTrials']): RunMeta {
  const { klines, symbol, interval, source, isSynthetic, file } = market;
  const bars = klineCount(klines);
  return {
    schema: RUN_SCHEMA,
    run,
    market: { symbol, interval, source, isSynthetic, file, fingerprint: nativeFingerprint(klines), bars, firstOpenMs: klines.openTimeMs[0], lastOpenMs: klines.openTimeMs[bars - 1] },
    options: settings,
    featureNames: plan.featureNames,
    featureSetVersion: featureSetVersion(settings.features as never),
    candidates: candidates.map(({ name }) => name),
    folds: Object.fromEntries(plan.groups.map((group) => [`T${group.candidates[0].T}`, group.folds.length])),
    earlierTrials,
    forecastlab: code.versions.forecastlab,
    gitCommit: code.gitCommit,
  };
}

/**
 * How many distinct trials were made on this market by the other runs in the store: whoever tries long enough finds
 * "skill", so the test must know. A run that exists already keeps the count it began with.
 */
export async function countEarlierTrials(store: ArtifactStore, run: string, market: SearchMarket, settings: SearchSettings, candidates: readonly Candidate[], log?: (text: string) => void): Promise<RunMeta['earlierTrials']> {
  const own = await readTrials(store, `${BACKTEST_FOLDER}${run}/meta.json`);
  if (own !== undefined) return own.earlierTrials;
  const { klines } = market;
  const seen = new Set(trialKeys({ market: { firstOpenMs: klines.openTimeMs[0] }, options: { ...settings }, candidates: candidates.map(({ name }) => name) }));
  const earlier: { run: string; candidates: number }[] = [];
  for (const meta of await trialsOf(store, market, log)) {
    const before = seen.size;
    for (const key of trialKeys(meta)) seen.add(key);
    if (seen.size > before) earlier.push({ run: meta.run, candidates: seen.size - before });
  }
  return earlier;
}

/** How many distinct trials all searches in the store have made on a market. */
export async function countTrials(store: ArtifactStore, market: Pick<SearchMarket, 'symbol' | 'interval' | 'file'>): Promise<number> {
  const seen = new Set<string>();
  for (const meta of await trialsOf(store, market)) for (const key of trialKeys(meta)) seen.add(key);
  return seen.size;
}

/** The runs on a market, by name. Those with trailing labels asked another question, whose answer tells nothing of this one's. */
async function trialsOf(store: ArtifactStore, market: Pick<SearchMarket, 'symbol' | 'interval' | 'file'>, log?: (text: string) => void): Promise<readonly TrialsMeta[]> {
  const found: TrialsMeta[] = [];
  for (const path of await store.list(BACKTEST_FOLDER)) {
    if (!/^[^/]+\/meta\.json$/.test(path.slice(BACKTEST_FOLDER.length))) continue;
    const meta = await readTrials(store, path);
    if (meta === undefined) log?.(`warning: ${store.describe(path)} cannot be read: what that run tried is not counted.`);
    if (meta === undefined || marketKey(meta.market) !== marketKey(market) || isFlawed(meta.options.labelOptions ?? {})) continue;
    found.push(meta);
  }
  return found;
}

/** `btc-usdt` and BTCUSDT are one market; without a symbol the file stands for it. */
function marketKey({ symbol, interval, file }: Pick<SearchMarket, 'symbol' | 'interval' | 'file'>): string {
  return `${symbol === null ? file : symbol.toUpperCase().replace(/[^A-Z0-9]/g, '')} ${interval}`;
}

/**
 * A trial is a candidate with its settings and the bar where the data begins; newer bars at the end are the same trial on
 * more data. Settings that change no prediction make no new one.
 */
function trialKeys({ market, options, candidates }: Pick<TrialsMeta, 'options' | 'candidates'> & { readonly market: { readonly firstOpenMs: number } }): string[] {
  // newer bars of the leader make no other trial, just as the market's own
  const named = { ...options, ...leaderName(options.leader) };
  const deciding = Object.entries(named).filter(([name]) => !['preset', 'rankBy', 'from', 'shuffledFolds'].includes(name));
  const digest = sha256Hex(new TextEncoder().encode(canonicalJson({ firstOpenMs: market.firstOpenMs, ...Object.fromEntries(deciding) })));
  return candidates.map((name) => `${name} ${digest}`);
}

function leaderName(leader: unknown): { readonly leader?: unknown } {
  if (typeof leader !== 'object' || leader === null) return {};
  const { symbol, file } = leader as { readonly symbol?: unknown; readonly file?: unknown };
  return { leader: symbol ?? file };
}

/** JSON with the keys of every object in order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

/** Undefined when there is no meta.json or it is none of ours: then it counts for nothing. */
async function readTrials(store: ArtifactStore, path: string): Promise<TrialsMeta | undefined> {
  const bytes = await store.read(path, { maxBytes: MAX_META_BYTES });
  if (bytes === undefined) return undefined;
  try {
    return trialsSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined;
  }
}
