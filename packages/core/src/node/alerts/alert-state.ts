// Which troubles have been told, and which tellings have not arrived: outputs/alerts/state.json. Pure: decides what to tell.
import { z } from 'zod';
import type { Alert } from './alert.js';
import { type AlertNote, SEVERITY_RANK } from './alert-note.js';

/** A trouble that goes on. */
export interface OpenAlert {
  readonly kind: string;
  readonly severity: Alert['severity'];
  readonly title: string;
  readonly since: string;
  readonly told_at: string;
  readonly held: number;
}

/** A telling that some targets have not got yet. */
export interface PendingNote {
  readonly note: AlertNote;
  /** Ids of those targets. */
  readonly targets: readonly string[];
  /** UTC, ISO 8601: until then the process that began to deliver it is left alone. */
  readonly claimed_until: string;
}

export interface AlertState {
  readonly schema: string;
  readonly open: Readonly<Record<string, OpenAlert>>;
  readonly pending: readonly PendingNote[];
}

export const STATE_SCHEMA = 'forecastlab.alert-state/1';
export const EMPTY_STATE: AlertState = { schema: STATE_SCHEMA, open: {}, pending: [] };
export const MAX_OPEN = 500;
export const MAX_PENDING = 100;
/** News of last week helps nobody. */
const MAX_PENDING_MS = 7 * 86_400_000;
/** A clock that was wrong by less than this is no reason to tell twice. */
const CLOCK_SLACK_MS = 3_600_000;

const severity = z.enum(['info', 'warning', 'error']);
const note: z.ZodType<AlertNote> = z.object({
  schema: z.string(),
  id: z.string(),
  status: z.enum(['raised', 'escalated', 'reminder', 'resolved', 'test']),
  kind: z.string(),
  key: z.string(),
  severity,
  title: z.string(),
  text: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  time: z.string(),
  since: z.string(),
  held: z.number(),
  host: z.string(),
  store: z.string(),
  program: z.string(),
});
const stateSchema: z.ZodType<AlertState> = z.object({
  schema: z.literal(STATE_SCHEMA),
  open: z.record(z.string(), z.object({ kind: z.string(), severity, title: z.string(), since: z.string(), told_at: z.string(), held: z.number() })),
  pending: z.array(z.object({ note, targets: z.array(z.string()), claimed_until: z.string() })),
});

/** Undefined for bytes that are no state. */
export function parseAlertState(bytes: Uint8Array): AlertState | undefined {
  try {
    return stateSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined;
  }
}

export function formatAlertState(state: AlertState): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(state, null, 1)}\n`);
}

/** What becomes of an alert: told with this status, or held back (null). */
export function judgeAlert(before: OpenAlert | undefined, alert: Alert, options: { readonly nowMs: number; readonly holdMs: number }): AlertNote['status'] | null {
  if (before === undefined) return 'raised';
  if (SEVERITY_RANK[alert.severity] > SEVERITY_RANK[before.severity]) return 'escalated';
  const ageMs = options.nowMs - Date.parse(before.told_at);
  return ageMs >= options.holdMs || ageMs < -CLOCK_SLACK_MS || Number.isNaN(ageMs) ? 'reminder' : null;
}

/** The trouble counted once more, untold. */
export function withHeld(state: AlertState, key: string): AlertState {
  const entry = state.open[key];
  return { ...state, open: { ...state.open, [key]: { ...entry, held: entry.held + 1 } } };
}

/** The trouble as told now. Those that were told longest ago make room. */
export function withTold(state: AlertState, told: AlertNote): AlertState {
  const { [told.key]: _before, ...others } = state.open;
  const kept = Object.entries(others).sort(([, a], [, b]) => (a.told_at < b.told_at ? 1 : -1)).slice(0, MAX_OPEN - 1);
  return { ...state, open: Object.fromEntries([...kept, [told.key, { kind: told.kind, severity: told.severity, title: told.title, since: told.since, told_at: told.time, held: 0 }]]) };
}

export function withoutKey(state: AlertState, key: string): AlertState {
  const { [key]: _gone, ...open } = state.open;
  return { ...state, open };
}

/** Adds a telling that is to be delivered; the oldest make room. */
export function withPending(state: AlertState, added: PendingNote): AlertState {
  return added.targets.length === 0 ? state : { ...state, pending: [...state.pending, added].slice(-MAX_PENDING) };
}

/** Takes over the tellings for these targets that nobody is delivering now, and drops those that are too old. */
export function claimPending(state: AlertState, options: { readonly nowMs: number; readonly untilMs: number; readonly targets: ReadonlySet<string> }): { readonly state: AlertState; readonly claimed: readonly PendingNote[]; readonly dropped: readonly AlertNote[] } {
  const { nowMs, untilMs, targets } = options;
  const [claimed, kept, dropped]: [PendingNote[], PendingNote[], AlertNote[]] = [[], [], []];
  for (const item of state.pending) {
    const mine = item.targets.filter((target) => targets.has(target));
    const claimedMs = Date.parse(item.claimed_until);
    // A claim further ahead than any process makes it is a clock's mistake.
    const isClaimed = claimedMs > nowMs && claimedMs - nowMs <= 2 * (untilMs - nowMs);
    if (nowMs - Date.parse(item.note.time) > MAX_PENDING_MS) dropped.push(item.note);
    else if (isClaimed || mine.length === 0) kept.push(item);
    else {
      kept.push({ ...item, claimed_until: new Date(untilMs).toISOString() });
      claimed.push({ ...item, targets: mine });
    }
  }
  return { state: { ...state, pending: kept }, claimed, dropped };
}

/** After an attempt: what has arrived is gone, what has not waits for the next one. `arrived`: by id of the note, the targets that have it. */
export function settlePending(state: AlertState, arrived: ReadonlyMap<string, readonly string[]>, nowMs: number): AlertState {
  const pending = state.pending.flatMap((item) => {
    const reached = arrived.get(item.note.id);
    if (reached === undefined) return [item];
    const targets = item.targets.filter((target) => !reached.includes(target));
    return targets.length === 0 ? [] : [{ ...item, targets, claimed_until: new Date(nowMs).toISOString() }];
  });
  return { ...state, pending };
}
