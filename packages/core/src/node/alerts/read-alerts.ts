// Which troubles go on, for people and dashboards.
import type { ArtifactStore } from '../store/index.js';
import type { OpenAlert } from './alert-state.js';
import { readAlertState } from './alert-store.js';

/** A trouble that goes on, by its key. */
export interface CurrentAlert extends OpenAlert {
  readonly key: string;
}

/** Those that were told and not resolved, the newest first, and how many tellings wait to be delivered. Throws what the store throws. */
export async function readOpenAlerts(store: ArtifactStore): Promise<{ readonly open: readonly CurrentAlert[]; readonly pending: number; readonly isDamaged: boolean }> {
  const { state, isDamaged } = await readAlertState(store);
  const open = Object.entries(state.open).map(([key, alert]) => ({ key, ...alert }));
  return { open: open.sort((a, b) => (a.told_at < b.told_at ? 1 : -1)), pending: state.pending.length, isDamaged };
}
