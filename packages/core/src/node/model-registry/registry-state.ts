// What active.json and promotions.jsonl say together. Each makes good what is damaged in the other: the pointer names its bundle and
// the one before it, the history names them all.
import type { ArtifactStore } from '../store/index.js';
import { activeStack, type ActivePointer, findActive, lastPromotion, missingPromotion, type Promotion, readPromotions } from './promotion.js';
import { ACTIVE_FILE, PROMOTIONS_FILE } from './registry-paths.js';

export interface RegistryState {
  /** What holds: active.json, or where that is damaged or gone, what the history says. Undefined when no bundle was ever activated. */
  readonly pointer: ActivePointer | undefined;
  /** Of active.json, damaged or not; null when there is none. */
  readonly version: string | null;
  /** A sentence when `pointer` is not from active.json, or that file is damaged; else null. */
  readonly pointerProblem: string | null;
  /** Every promotion and decline, oldest first, with the one that active.json alone knows of. */
  readonly history: readonly Promotion[];
  /** The one that active.json alone knows of: a crash came between. */
  readonly missing: Promotion | undefined;
  /** A sentence for each unreadable line of the history. */
  readonly historyProblems: readonly string[];
}

/** Reads both files. What cannot be read (EIO, TEMPORARY) is thrown; what can be read and is damaged is told. */
export async function readRegistryState(store: ArtifactStore): Promise<RegistryState> {
  const found = await findActive(store);
  const { history: lines, problems: historyProblems } = await readPromotions(store);
  if (found?.pointer !== undefined) {
    const missing = missingPromotion(found.pointer, lines);
    return { pointer: found.pointer, version: found.version, pointerProblem: null, history: missing === undefined ? lines : [...lines, missing], missing, historyProblems };
  }
  const pointer = pointerOf(lines);
  return { pointer, version: found?.version ?? null, pointerProblem: describeProblem(store, found?.damage ?? null, pointer), history: lines, missing: undefined, historyProblems };
}

/** The bundles that may answer, the active one first, then those that rollbacks lead to, newest first. */
export function usableOrder({ pointer, history }: Pick<RegistryState, 'pointer' | 'history'>): readonly string[] {
  if (pointer === undefined) return [];
  const before = activeStack(history).reverse();
  return [...new Set([pointer.deploy_name, ...(pointer.previous === null ? [] : [pointer.previous]), ...before])];
}

/** The pointer as the history has it; without the sha256 of its bundle, which the history does not know. */
function pointerOf(history: readonly Promotion[]): ActivePointer | undefined {
  const promotion = lastPromotion(history);
  if (promotion === undefined) return undefined;
  return { deploy_name: promotion.to, activated_at: promotion.when, previous: activeStack(history).at(-2) ?? null, promotion };
}

function describeProblem(store: ArtifactStore, damage: string | null, pointer: ActivePointer | undefined): string | null {
  if (damage === null && pointer === undefined) return null;
  const what = damage === null ? `${store.describe(ACTIVE_FILE)} is missing` : `${store.describe(ACTIVE_FILE)} cannot be used: ${damage}`;
  return pointer === undefined ? `${what}.` : `${what}. By ${PROMOTIONS_FILE} the active bundle is ${pointer.deploy_name}.`;
}
