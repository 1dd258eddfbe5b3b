// The published bundles, which of them is active, and how that came about.
// Order of writes in a promotion: pointer first (that is the deed), history second. A crash between leaves a truthful
// pointer that carries the missing line; `history` shows it at once, and the next promotion writes it down.
import type { BundleFiles } from '../../bundle/create-bundle.js';
import type { BundleMeta } from '../../bundle/bundle-meta.js';
import { checkDeployName } from '../../bundle/deploy-name.js';
import { META_FILE } from '../../bundle/file-names.js';
import { type Bundle, loadBundle } from '../../bundle/load-bundle.js';
import { ForecastLabError, optionError } from '../../errors.js';
import { type ArtifactStore, createOrCompare, type LockOptions } from '../store/index.js';
import { loadUsable, type LoadUsableOptions, type UsableBundle } from './load-usable.js';
import { nativeSha256Hex } from './native-sha256.js';
import { activeStack, type ActivePointer, findActive, formatActive, type Promotion, readActive } from './promotion.js';
import { publishBundle } from './publish-bundle.js';
import { readBundle, readMeta } from './read-bundle.js';
import { readRegistryState, type RegistryState } from './registry-state.js';
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
  /** There when active.json was damaged or gone and was written anew: what was wrong with it, and where the damaged file is kept. */
  readonly mended?: string;
}

export interface PromotionOptions {
  /** The reason, for the history. */
  readonly why: string;
  /** The time, for the history. UTC milliseconds. */
  readonly nowMs: number;
}

export interface ActivateOptions extends PromotionOptions {
  /** Only while this bundle is the active one; null: only while none is. Throws CONFLICT otherwise. Default: whatever is active. */
  readonly onlyIfActive?: string | null;
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
  /** Verifies the bundle and makes it the active one. Without effect when it is active already. A damaged pointer is kept aside and written anew. */
  activate(name: string, options: ActivateOptions): Promise<PromotionResult>;
  /** Makes the bundle before the active one active again, after verifying it. Throws BAD_OPTION when there is none. A damaged pointer is kept aside and written anew. */
  rollback(options: PromotionOptions): Promise<PromotionResult>;
  /** Every promotion and every decline that can be read, oldest first. */
  history(): Promise<Promotion[]>;
  /** What is wrong with active.json and promotions.jsonl, a sentence each; empty when nothing is. */
  problems(): Promise<string[]>;
  /** What holds: the pointer, or where that is damaged or gone, what the history says. Undefined when no bundle was ever active. */
  current(): Promise<ActivePointer | undefined>;
  /** The pointer as active.json has it, or undefined when there is none. Throws CORRUPT. */
  active(): Promise<ActivePointer | undefined>;
  /** The active bundle with every check, or undefined when none is active. Throws CORRUPT. */
  loadActive(): Promise<Bundle | undefined>;
  /**
   * The active bundle, or when it fails its checks the newest one before it that passes them; undefined when none was ever active.
   * A damaged pointer is replaced by what the history says. The pointer itself is not touched.
   * Throws CORRUPT when none passes.
   */
  loadUsable(options?: LoadUsableOptions): Promise<UsableBundle | undefined>;
  /** Writes into the history that a challenger was not made active, and why. Without effect when that is its newest line already. */
  decline(name: string, options: PromotionOptions): Promise<void>;
}

/** Small writes only happen under the lock, so a holder that has not moved for 10 s is dead; the next one waits that long. */
const LOCK: LockOptions = { waitMs: 20_000, staleMs: 10_000 };

/** The registry under `models/production/` of a store. */
export function openModelRegistry(store: ArtifactStore, options: { readonly lock?: LockOptions } = {}): ModelRegistry {
  const locked = <T>(work: (checkLock: () => void) => Promise<T>): Promise<T> =>
    store.withLock(REGISTRY_FOLDER, { ...LOCK, ...options.lock }, ({ signal }) => work(() => signal.throwIfAborted()));

  /** The state, with a history that is whole on disk too. The caller holds the lock. */
  const completeHistory = async (): Promise<RegistryState> => {
    const state = await readRegistryState(store);
    if (state.missing !== undefined) await store.append(PROMOTIONS_FILE, JSON.stringify(state.missing));
    return state;
  };

  const point = async (bundle: Bundle, action: 'activate' | 'rollback', previous: string | null, { why, nowMs }: PromotionOptions, state: RegistryState): Promise<PromotionResult> => {
    const when = new Date(nowMs).toISOString();
    const to = bundle.meta.deployName;
    const promotion: Promotion = { when, action, from: state.pointer?.deploy_name ?? null, to, why };
    const pointer: ActivePointer = { deploy_name: to, activated_at: when, previous, bundle_sha256: bundle.sha256, promotion };
    const mended = state.pointerProblem === null ? undefined : await keepAside(store, state.pointerProblem);
    await store.replace(ACTIVE_FILE, formatActive(pointer), { ifMatch: state.version });
    await store.append(PROMOTIONS_FILE, JSON.stringify(promotion));
    return { status: 'activated', from: promotion.from, to, ...(mended === undefined ? {} : { mended }) };
  };

  const registry: ModelRegistry = {
    async publish(files, name) {
      checkDeployName(name);
      const { meta } = loadBundle(files);
      if (meta.deployName !== name) throw optionError('publish', 'name', `${JSON.stringify(meta.deployName)}, the name in ${META_FILE}`, name);
      return locked((checkLock) => publishBundle(store, files, name, checkLock));
    },
    async list() {
      const active = (await readRegistryState(store)).pointer?.deploy_name;
      const names = (await store.list(`${REGISTRY_FOLDER}/`)).map((path) => path.split('/')).filter((parts) => parts.length === 4 && parts[3] === META_FILE);
      const entries = await Promise.all(names.map(([, , name]) => describeEntry(store, name, name === active)));
      return entries.sort((a, b) => compareText(b.meta?.createdAt ?? '', a.meta?.createdAt ?? '') || compareText(a.name, b.name));
    },
    async show(name) {
      const described = await readMeta(store, name);
      return { ...described, isActive: (await readRegistryState(store)).pointer?.deploy_name === name };
    },
    async verify(name) {
      // A damaged pointer is told by the commands that need it; the bundle is then checked by itself.
      const pointer = (await findActive(store).catch(() => undefined))?.pointer;
      const expectedSha256 = pointer?.deploy_name === name ? pointer.bundle_sha256 : undefined;
      return readBundle(store, name, expectedSha256 === undefined ? {} : { expectedSha256 });
    },
    async activate(name, promotion) {
      const bundle = await readBundle(store, name);
      return locked(async (checkLock) => {
        const state = await completeHistory();
        const { pointer, pointerProblem } = state;
        const from = pointer?.deploy_name ?? null;
        if (pointerProblem === null && from === name && (pointer?.bundle_sha256 ?? bundle.sha256) === bundle.sha256) return { status: 'unchanged', from, to: name };
        if (promotion.onlyIfActive !== undefined && promotion.onlyIfActive !== from) throw pointerMoved(name, promotion.onlyIfActive, from);
        checkLock();
        // The same name with other bytes, or a pointer written anew: that is no step to roll back to.
        return point(bundle, 'activate', from === name ? (pointer?.previous ?? null) : from, promotion, state);
      });
    },
    async rollback(promotion) {
      return locked(async (checkLock) => {
        const state = await completeHistory();
        const { pointer, history } = state;
        const target = pointer?.previous ?? null;
        if (pointer === undefined || target === null) {
          throw new ForecastLabError('BAD_OPTION', pointer === undefined ? 'There is no active bundle to roll back from.' : `There is no bundle before ${pointer.deploy_name} to roll back to.`, {
            hint: 'Activate one by name: forecastlab-train models activate NAME.',
          });
        }
        const bundle = await readBundle(store, target);
        const stack = activeStack(history);
        checkLock();
        const beforeTarget = stack[stack.length - 2] === target ? stack[stack.length - 3] : undefined;
        return point(bundle, 'rollback', beforeTarget ?? null, promotion, state);
      });
    },
    history: async () => [...(await readRegistryState(store)).history],
    async problems() {
      const { pointerProblem, historyProblems } = await readRegistryState(store);
      return [...(pointerProblem === null ? [] : [pointerProblem]), ...historyProblems];
    },
    current: async () => (await readRegistryState(store)).pointer,
    active: () => readActive(store),
    async loadActive() {
      const pointer = await readActive(store);
      if (pointer === undefined) return undefined;
      const { deploy_name: name, bundle_sha256: expectedSha256 } = pointer;
      return readBundle(store, name, expectedSha256 === undefined ? {} : { expectedSha256 });
    },
    loadUsable: (loadOptions) => loadUsable(store, loadOptions),
    async decline(name, { why, nowMs }) {
      await locked(async (checkLock) => {
        const { pointer, history } = await completeHistory();
        const newest = history.filter(({ to }) => to === name).at(-1);
        if (newest?.action === 'decline' && newest.why === why) return;
        checkLock();
        const entry: Promotion = { when: new Date(nowMs).toISOString(), action: 'decline', from: pointer?.deploy_name ?? null, to: name, why };
        await store.append(PROMOTIONS_FILE, JSON.stringify(entry));
      });
    },
  };
  return registry;
}

/** Keeps a damaged active.json under another name, and says so. */
async function keepAside(store: ArtifactStore, problem: string): Promise<string> {
  const bytes = await store.read(ACTIVE_FILE);
  if (bytes === undefined) return `${problem} It was written anew.`;
  const path = `${ACTIVE_FILE}.damaged-${nativeSha256Hex(bytes).slice(0, 8)}`;
  await createOrCompare(store, path, bytes);
  return `${problem} It was kept as ${path} and written anew.`;
}

function pointerMoved(name: string, expected: string | null, found: string | null): ForecastLabError {
  return new ForecastLabError('CONFLICT', `${name} was not made active: ${expected ?? 'no bundle'} was the active one when it was judged, now it is ${found ?? 'none'}.`, {
    hint: 'Run the command again: it judges by what is active now.',
    details: { name, expected, found },
  });
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
