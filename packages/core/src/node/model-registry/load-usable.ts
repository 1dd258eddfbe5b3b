// The bundle that answers when the active one is damaged: the newest before it that passes its checks. Predictions go on, and say so.
import { checkBundleFeatures } from '../../bundle/check-bundle-features.js';
import type { Bundle } from '../../bundle/load-bundle.js';
import { ForecastLabError } from '../../errors.js';
import type { ArtifactStore } from '../store/index.js';
import { isBundleProblem } from './is-bundle-problem.js';
import { readBundle } from './read-bundle.js';
import { readRegistryState, usableOrder } from './registry-state.js';
import { findActive } from './promotion.js';

/** A bundle that passes its checks. */
export interface UsableBundle {
  readonly bundle: Bundle;
  /** Null when it is the one that is meant to be active. Else what is wrong with that one: its name (null for a damaged pointer), and the reason. */
  readonly fallback: { readonly name: string | null; readonly reason: string } | null;
}

export interface LoadUsableOptions {
  /** A further check of a bundle; one that throws CORRUPT is passed over. Default: checkBundleFeatures, this version computes its features as in training. */
  readonly check?: (bundle: Bundle) => void;
}

/** See ModelRegistry.loadUsable. */
export async function loadUsable(store: ArtifactStore, { check = checkBundleFeatures }: LoadUsableOptions = {}): Promise<UsableBundle | undefined> {
  const pointer = (await findActive(store))?.pointer;
  const active = pointer === undefined ? undefined : await attempt(store, pointer.deploy_name, check, pointer.bundle_sha256);
  // The history is read only when something is wrong: this is on the way of every prediction.
  if (active !== undefined && 'bundle' in active) return { bundle: active.bundle, fallback: null };
  const state = await readRegistryState(store);
  if (state.pointer === undefined && state.pointerProblem === null) return undefined;
  const reasons = state.pointerProblem === null ? [] : [state.pointerProblem];
  for (const name of usableOrder(state)) {
    const tried = name === pointer?.deploy_name && active !== undefined ? active : await attempt(store, name, check);
    if ('bundle' in tried) return { bundle: tried.bundle, fallback: { name: state.pointerProblem === null ? (state.pointer?.deploy_name ?? null) : null, reason: reasons.join(' ') } };
    reasons.push(tried.reason);
  }
  const left = state.history.filter(({ action, from }) => action === 'rollback' && from !== null).at(-1)?.from;
  throw new ForecastLabError('CORRUPT', `No bundle under ${store.describe()} that was active and not left by a rollback passes its checks. ${reasons.join(' ')}`, {
    hint: `Restore the folder of a bundle, train one and activate it (forecastlab-train bundle --activate)${left === undefined || left === null ? '' : `, or go back to the one that a rollback left: forecastlab-train models activate ${left}`}.`,
    details: { reasons },
  });
}

/** The bundle, or why it may not answer. What may pass (EIO, TEMPORARY) is thrown on: it says nothing about the bundle. */
async function attempt(store: ArtifactStore, name: string, check: (bundle: Bundle) => void, expectedSha256?: string): Promise<{ readonly bundle: Bundle } | { readonly reason: string }> {
  try {
    const bundle = await readBundle(store, name, expectedSha256 === undefined ? {} : { expectedSha256 });
    check(bundle);
    return { bundle };
  } catch (error) {
    if (isBundleProblem(error)) return { reason: error instanceof Error ? error.message : String(error) };
    throw error;
  }
}
