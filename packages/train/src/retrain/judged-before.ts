// Whether a challenger was decided on before, so that there is nothing to do; or whether it may be judged again, because a person asks for it by
// other rules.
import type { ArtifactStore, ModelRegistry, Promotion } from '@forecastlab/core/node';
import { type JudgementKey, readJudgement } from './judgement-file.js';

export interface JudgedBeforeRequest {
  readonly store: ArtifactStore;
  readonly registry: ModelRegistry;
  readonly history: readonly Promotion[];
  readonly activeName: string;
  readonly isForced: boolean;
  /** What it would be judged by now. */
  readonly key: Omit<JudgementKey, 'challengerSha256'>;
}

/**
 * True for the active bundle, for one that was active once, and for a declined one; false when this is the first time, or when `--force` asks
 * for a declined one against another champion, with another margin or on other rows than it was judged by.
 */
export async function wasJudgedBefore({ store, registry, history, activeName, isForced, key }: JudgedBeforeRequest): Promise<boolean> {
  const lines = history.filter(({ to }) => to === key.challenger);
  if (key.challenger === activeName) return true;
  if (!isForced || lines.some(({ action }) => action !== 'decline')) return lines.length > 0;
  const { sha256: challengerSha256 } = await registry.show(key.challenger);
  const judgement = await readJudgement(store, { ...key, challengerSha256 });
  // one that a run judged and was killed before it wrote the decision down is not decided
  return judgement !== undefined && lines.at(-1)?.why === judgement.why;
}
