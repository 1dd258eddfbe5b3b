// Keeps the state and the history of alerts. Several processes change them at once: each change starts from what is there, and is made again
// when somebody else was faster.
import { isForecastLabError } from '../../errors.js';
import type { ArtifactStore } from '../store/index.js';
import type { AlertNote } from './alert-note.js';
import { type AlertState, EMPTY_STATE, formatAlertState, parseAlertState } from './alert-state.js';

export const ALERT_STATE_FILE = 'outputs/alerts/state.json';
/** What was told, oldest first, one JSON object a line: {@link AlertNote}. */
export const ALERTS_FILE = 'outputs/alerts/alerts.jsonl';

const MAX_STATE_BYTES = 8_000_000;
const MAX_LINES = 1000;
const MAX_HISTORY_BYTES = 1_000_000;
const ATTEMPTS = 20;

/** The state; a new one when there is none, or it is damaged (`isDamaged`). */
export async function readAlertState(store: ArtifactStore): Promise<{ readonly state: AlertState; readonly version: string | null; readonly isDamaged: boolean }> {
  const found = await store.readVersioned(ALERT_STATE_FILE, { maxBytes: MAX_STATE_BYTES });
  if (found === undefined) return { state: EMPTY_STATE, version: null, isDamaged: false };
  const state = parseAlertState(found.bytes);
  return { state: state ?? EMPTY_STATE, version: found.version, isDamaged: state === undefined };
}

/** Changes the state, and gives what `change` gave beside it. A state that `change` gives back as it is is not written. Throws what the store throws. */
export async function changeAlertState<Result>(store: ArtifactStore, change: (state: AlertState, isDamaged: boolean) => { readonly state: AlertState; readonly result: Result }): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    const { state, version, isDamaged } = await readAlertState(store);
    const changed = change(state, isDamaged);
    if (changed.state === state && !isDamaged) return changed.result;
    try {
      await store.replace(ALERT_STATE_FILE, formatAlertState(changed.state), { ifMatch: version });
      return changed.result;
    } catch (error) {
      if (attempt >= ATTEMPTS || !isForecastLabError(error) || error.code !== 'CONFLICT') throw error;
    }
  }
}

/** Adds to the history; the oldest lines make room. Throws what the store throws. */
export async function recordAlert(store: ArtifactStore, note: AlertNote): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await store.readVersioned(ALERTS_FILE);
    const lines = found === undefined ? [] : new TextDecoder().decode(found.bytes).split('\n').filter(isLine);
    const kept = [...lines, JSON.stringify(note)].slice(-MAX_LINES);
    while (kept.length > 1 && kept.reduce((sum, line) => sum + line.length + 1, 0) > MAX_HISTORY_BYTES) kept.splice(0, Math.ceil(kept.length / 10));
    try {
      await store.replace(ALERTS_FILE, new TextEncoder().encode(`${kept.join('\n')}\n`), { ifMatch: found?.version ?? null });
      return;
    } catch (error) {
      if (attempt >= ATTEMPTS || !isForecastLabError(error) || error.code !== 'CONFLICT') throw error;
    }
  }
}

function isLine(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}
