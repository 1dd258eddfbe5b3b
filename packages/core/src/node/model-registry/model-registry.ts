// The published bundles, which of them is active, and how that came about.
// Order of writes in a promotion: pointer first (that is the deed), history second. A crash between leaves a truthful
// pointer that carries the missing line; `history` shows it at once, and the next promotion writes it down.
import type { BundleFiles } from '../../bundle/create-bundle.js';
import type { BundleMeta } from '../../bundle/bundle-meta.js';
import { checkDeployName } from '../../bundle/deploy-name.js';
import { META_FILE } from '../../bundle/file-names.js';
import { type Bundle, loadBundle } from '../../bundle/load-bundle.js';
import { ForecastLabError, optionError } from '../../errors.js';
import type { ArtifactStore, LockOptions } from '../store/index.js';
import { activeStack, type ActivePointer, formatActive, missingPromotion, type Promotion, readActive, readPromotions } from './promotion.js';
import { publishBundle } from './publish-bundle.js';
import { readBundle, readMeta } from './read-bundle.js';
import { ACTIVE_FILE, PROMOTIONS_FILE, REGISTRY_FOLDER } from './registry-paths.js';

/** One published bundle in a list. */
export interface RegistryEntry {
  readonly name: string;
  readonly isActive: boolean;
  /** Null when it cannot be read; `problem` then says why. */
  readonly meta: BundleMeta | null;
  readonly problem: string | null;
}

/** What a promotion did. */
export interface PromotionResult {
  readonly status: 'activated' | 'unchanged';
  readonly from: string | null;
  readonly to: string;
}

export interface PromotionOptions {
  /** The reason, for the history. */
  readonly why: string;
  /** The time, for the history. UTC milliseconds. */
  readonly nowMs: number;
}

/** A bundle that passes its checks. */
export interface UsableBundle {
  readonly bundle: Bundle;
  /** Null when it is the one that is meant to be active. Else what is wrong with that one: its name (null for a damaged pointer), and the reason. */
  readonly fallback: { readonly name: string | null; readonly reason: string } | null;
}

export interface ModelRegistry {
  /**
   * Publishes a bundle under the name in its meta.json. 'unchanged' when the same one lies there (but for its time of creation).
   * Throws CONFLICT when a different one has that name, CORRUPT when the files are no bundle.
   */
  publish(files: BundleFiles, name: string): Promise<'published' | 'unchanged'>;
  /** Published bundles, newest first, unreadable ones last. */
  list(): Promise<RegistryEntry[]>;
  /** Throws BAD_OPTION when there is none of that name. */
  show(name: string): Promise<{ readonly meta: BundleMeta; readonly sha256: string; readonly isActive: boolean }>;
  /** Loads the bundle with every check. Throws CORRUPT with the reason. */
  verify(name: string): Promise<Bundle>;
  /** Verifies the bundle and makes it the active one. Without effect when it is active already. */
  activate(name: string, options: PromotionOptions): Promise<PromotionResult>;
  /** Makes the bundle before the active one active again, after verifying it. Throws BAD_OPTION when there is none. */
  rollback(options: PromotionOptions): Promise<PromotionResult>;
  /** Every promotion, oldest first. */
  history(): Promise<Promotion[]>;
  /** The pointer, or undefined when no bundle is active. */
  active(): Promise<ActivePointer | undefined>;
  /** The active bundle with every check, or undefined when none is active. Throws CORRUPT. */
  loadActive(): Promise<Bundle | undefined>;
  /**
   * The active bundle, or when it fails its checks the newest one before it that passes them; undefined when none was ever active.
   * A damaged pointer is replaced by what the history says. The pointer itself is not touched.
   * Throws CORRUPT when none passes.
   */
  loadUsable(): Promise<UsableBundle | undefined>;
  /** Writes into the history that a challenger was not made active, and why. */
  decline(name: string, options: PromotionOptions): Promise<void>;
}

/** Small writes only happen under the lock, so a holder that has not moved for 10 s is dead; the next one waits that long. */
const LOCK: LockOptions = { waitMs: 20_000, staleMs: 10_000 };

/** The registry under `models/production/` of a store. */
export function openModelRegistry(store: ArtifactStore, options: { readonly lock?: LockOptions } = {}): ModelRegistry {
  const locked = <T>(work: (checkLock: () => void) => Promise<T>): Promise<T> =>
    store.withLock(REGISTRY_FOLDER, { ...LOCK, ...options.lock }, ({ signal }) => work(() => signal.throwIfAborted()));

  const completeHistory = async (): Promise<{ found: Awaited<ReturnType<typeof readActive>>; history: Promotion[] }> => {
    const found = await readActive(store);
    const history = await readPromotions(store);
    const missing = missingPromotion(found?.pointer, history);
    if (missing !== undefined) {
      await store.append(PROMOTIONS_FILE, JSON.stringify(missing));
      history.push(missing);
    }
    return { found, history };
  };

  const point = async (bundle: Bundle, action: Promotion['action'], previous: string | null, { why, nowMs }: PromotionOptions, found: Awaited<ReturnType<typeof readActive>>): Promise<PromotionResult> => {
    const when = new Date(nowMs).toISOString();
    const to = bundle.meta.deployName;
    const promotion: Promotion = { when, action, from: found?.pointer.deploy_name ?? null, to, why };
    const pointer: ActivePointer = { deploy_name: to, activated_at: when, previous, bundle_sha256: bundle.sha256, promotion };
    await store.replace(ACTIVE_FILE, formatActive(pointer), { ifMatch: found?.version ?? null });
    await store.append(PROMOTIONS_FILE, JSON.stringify(promotion));
    return { status: 'activated', from: promotion.from, to };
  };

  const registry: ModelRegistry = {
    async publish(files, name) {
      checkDeployName(name);
      const { meta } = loadBundle(files);
      if (meta.deployName !== name) throw optionError('publish', 'name', `${JSON.stringify(meta.deployName)}, the name in ${META_FILE}`, name);
      return locked((checkLock) => publishBundle(store, files, name, checkLock));
    },
    async list() {
      const active = (await readActive(store))?.pointer.deploy_name;
      const names = (await store.list(`${REGISTRY_FOLDER}/`)).map((path) => path.split('/')).filter((parts) => parts.length === 4 && parts[3] === META_FILE);
      const entries = await Promise.all(names.map(([, , name]) => describeEntry(store, name, name === active)));
      return entries.sort((a, b) => compareText(b.meta?.createdAt ?? '', a.meta?.createdAt ?? '') || compareText(a.name, b.name));
    },
    async show(name) {
      const described = await readMeta(store, name);
      return { ...described, isActive: (await readActive(store))?.pointer.deploy_name === name };
    },
    async verify(name) {
      // A damaged pointer is told by the commands that need it; the bundle is then checked by itself.
      const pointer = (await readActive(store).catch(() => undefined))?.pointer;
      const expectedSha256 = pointer?.deploy_name === name ? pointer.bundle_sha256 : undefined;
      return readBundle(store, name, expectedSha256 === undefined ? {} : { expectedSha256 });
    },
    async activate(name, promotion) {
      const bundle = await readBundle(store, name);
      return locked(async (checkLock) => {
        const { found } = await completeHistory();
        const from = found?.pointer.deploy_name ?? null;
        if (from === name && (found?.pointer.bundle_sha256 ?? bundle.sha256) === bundle.sha256) return { status: 'unchanged', from, to: name };
        checkLock();
        // The same name with other bytes: it was deleted and published anew by hand. That is no step to roll back to.
        return point(bundle, 'activate', from === name ? (found?.pointer.previous ?? null) : from, promotion, found);
      });
    },
    async rollback(promotion) {
      return locked(async (checkLock) => {
        const { found, history } = await completeHistory();
        const target = found?.pointer.previous ?? null;
        if (found === undefined || target === null) {
          throw new ForecastLabError('BAD_OPTION', found === undefined ? 'There is no active bundle to roll back from.' : `There is no bundle before ${found.pointer.deploy_name} to roll back to.`, {
            hint: 'Activate one by name: forecastlab-train models activate NAME.',
          });
        }
        const bundle = await readBundle(store, target);
        const stack = activeStack(history);
        checkLock();
        const beforeTarget = stack[stack.length - 2] === target ? stack[stack.length - 3] : undefined;
        return point(bundle, 'rollback', beforeTarget ?? null, promotion, found);
      });
    },
    async history() {
      const pointer = (await readActive(store))?.pointer;
      const history = await readPromotions(store);
      const missing = missingPromotion(pointer, history);
      return missing === undefined ? history : [...history, missing];
    },
    active: async () => (await readActive(store))?.pointer,
    async loadActive() {
      const pointer = (await readActive(store))?.pointer;
      if (pointer === undefined) return undefined;
      const { deploy_name: name, bundle_sha256: expectedSha256 } = pointer;
      return readBundle(store, name, expectedSha256 === undefined ? {} : { expectedSha256 });
    },
    async loadUsable() {
      const bundle = await registry.loadActive();
      return bundle === undefined ? undefined : { bundle, fallback: null };
    },
    async decline(name, { why, nowMs }) {
      await locked(async () => {
        const { found } = await completeHistory();
        const entry: Promotion = { when: new Date(nowMs).toISOString(), action: 'decline', from: found?.pointer.deploy_name ?? null, to: name, why };
        await store.append(PROMOTIONS_FILE, JSON.stringify(entry));
      });
    },
  };
  return registry;
}

async function describeEntry(store: ArtifactStore, name: string, isActive: boolean): Promise<RegistryEntry> {
  try {
    return { name, isActive, meta: (await readMeta(store, name)).meta, problem: null };
  } catch (error) {
    return { name, isActive, meta: null, problem: error instanceof Error ? error.message : String(error) };
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
