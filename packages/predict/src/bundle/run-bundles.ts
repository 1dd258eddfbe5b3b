// The bundles of one run, each loaded at most once: the one that answers today, and those of days that were missed.
import { type Bundle, type BundleMeta, ForecastLabError, isForecastLabError } from '@forecastlab/core';
import { type ArtifactStore, isBundleProblem, type ModelRegistry, openModelRegistry, type Promotion } from '@forecastlab/core/node';
import { activeWhenDue } from './active-when-due.js';

/** A bundle and what must be said of its being the one that answers. */
export interface Answerer {
  readonly bundle: Bundle;
  /** Why another bundle answers than the one that was meant to; null when it is that one. */
  readonly fallback: BundleFallback | null;
}

export interface BundleFallback {
  /** The bundle that failed its checks; null for a damaged pointer. */
  readonly name: string | null;
  readonly reason: string;
  readonly answered: string;
}

/** The warning in a prediction that another bundle made than the one that was meant to. */
export function fallbackWarnings(fallback: BundleFallback | null): readonly string[] {
  if (fallback === null) return [];
  const { name, reason, answered } = fallback;
  if (name === null) return [`The record of the active bundle was damaged; ${answered}, the one that the history of promotions names, answered.`];
  return [`The active bundle ${name} failed its checks (${reason.replace(/\.$/, '')}); ${answered}, the one before, answered.`];
}

const RUN_WARNING = /^(The active bundle \S+ failed its checks \(|The record of the active bundle was damaged; )/;

/** Those of a prediction's warnings that are fallbackWarnings. */
export function runWarningsOf(warnings: readonly string[]): readonly string[] {
  return warnings.filter((warning) => RUN_WARNING.test(warning));
}

/** What is known of a bundle without loading its models. */
export interface BundleFacts {
  readonly meta: BundleMeta;
  readonly sha256: string;
}

export interface RunBundles {
  /** The description of the bundle that is to answer; loads one that can where it cannot be read. Throws as `answerer`. */
  facts(): Promise<BundleFacts>;
  /** The bundle that answers. Throws BAD_OPTION when none is named and none was ever active, CORRUPT when none passes its checks. */
  answerer(): Promise<Answerer>;
  /** The bundle of that name with every check. Throws BAD_OPTION, CORRUPT. */
  named(name: string): Promise<Bundle>;
  /** The one that was active at a moment or, where that fails its checks, the one before; undefined when none was. Throws as `named`, for the first. */
  activeAt(timeMs: number): Promise<Answerer | undefined>;
  /** Promotions, oldest first; what is known of them where the history is damaged. */
  history(): Promise<readonly Promotion[]>;
}

export function openRunBundles({ store, bundleName }: { readonly store: ArtifactStore; readonly bundleName?: string | undefined }): RunBundles {
  const registry = openModelRegistry(store);
  const loaded = new Map<string, Promise<Bundle>>();
  const named = (name: string): Promise<Bundle> => memo(loaded, name, () => registry.verify(name));
  const answerer = once(async (): Promise<Answerer> => {
    if (bundleName !== undefined) return { bundle: await named(bundleName), fallback: null };
    const usable = await registry.loadUsable();
    if (usable === undefined) throw noneActive(store);
    const { bundle, fallback } = usable;
    const answered = bundle.meta.deployName;
    loaded.set(answered, Promise.resolve(bundle));
    return { bundle, fallback: fallback === null ? null : { ...fallback, reason: withoutPlaces(fallback.reason, store), answered } };
  });
  const history = once(() => readHistory(registry));
  return {
    named,
    answerer,
    history,
    facts: once(async () => (await readFacts(registry, bundleName)) ?? factsOf((await answerer()).bundle)),
    async activeAt(timeMs) {
      const names = activeWhenDue(await history(), timeMs);
      let failed: { readonly name: string; readonly error: ForecastLabError } | undefined;
      for (const name of names) {
        try {
          const bundle = await named(name);
          return { bundle, fallback: failed === undefined ? null : { name: failed.name, reason: withoutPlaces(failed.error.message, store), answered: name } };
        } catch (error) {
          if (!isBundleProblem(error)) throw error;
          failed ??= { name, error: asOurs(error) };
        }
      }
      if (failed !== undefined) throw failed.error;
      return undefined;
    },
  };
}

const factsOf = ({ meta, sha256 }: Bundle): BundleFacts => ({ meta, sha256 });

const asOurs = (error: unknown): ForecastLabError => (isForecastLabError(error) ? error : new ForecastLabError('CORRUPT', error instanceof Error ? error.message : String(error), { cause: error }));

/** What is wrong with it is told by loading it. */
async function readFacts(registry: ModelRegistry, bundleName: string | undefined): Promise<BundleFacts | undefined> {
  try {
    const pointer = bundleName === undefined ? await registry.active() : undefined;
    const name = bundleName ?? pointer?.deploy_name;
    if (name === undefined) return undefined;
    const facts = await registry.show(name);
    return (pointer?.bundle_sha256 ?? facts.sha256) === facts.sha256 ? facts : undefined;
  } catch (error) {
    if (!isForecastLabError(error) && !isBundleProblem(error)) throw error;
    return undefined;
  }
}

/** A history that is damaged keeps no day from its answer: the pointer tells the last line of it. */
async function readHistory(registry: ModelRegistry): Promise<readonly Promotion[]> {
  try {
    return await registry.history();
  } catch (error) {
    if (!isBundleProblem(error)) throw error;
  }
  try {
    const pointer = await registry.active();
    return pointer === undefined ? [] : [{ when: pointer.activated_at, action: 'activate', from: null, to: pointer.deploy_name, why: '' }];
  } catch (error) {
    if (!isBundleProblem(error)) throw error;
    return [];
  }
}

/** Where the store lies is no part of what a prediction says. */
function withoutPlaces(text: string, store: ArtifactStore): string {
  return text.replaceAll(`${store.describe()}/`, '').replaceAll(store.describe(), 'the store');
}

function noneActive(store: ArtifactStore): ForecastLabError {
  return new ForecastLabError('BAD_OPTION', `No bundle is active under ${store.describe()}.`, {
    hint: 'Make one with forecastlab-train bundle --activate, activate one with forecastlab-train models activate NAME, or name one with --bundle.',
  });
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}

function memo<Value>(known: Map<string, Promise<Value>>, key: string, make: () => Promise<Value>): Promise<Value> {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
