// Alerts as the configuration asks for them: told once, held back while they repeat, told again when they are worse or go on, and told when over.
import { hostname } from 'node:os';
import type { CommandContext } from '../command/command-context.js';
import { createRedactor } from '../logging/create-redactor.js';
import { openRunLog } from '../logging/run-log.js';
import { createRunId } from '../run-records/run-id.js';
import type { ArtifactStore } from '../store/index.js';
import type { Alert, Alerts } from './alert.js';
import { ALERT_SCHEMA, type AlertNote, SEVERITY_RANK } from './alert-note.js';
import { claimPending, judgeAlert, type PendingNote, settlePending, withHeld, withoutKey, withPending, withTold } from './alert-state.js';
import { changeAlertState, readAlertState, recordAlert } from './alert-store.js';
import { type AlertTarget, alertTargets } from './alert-target.js';
import { readAlertsConfig } from './alerts-config.js';
import { type Delivery, deliverNotes } from './deliver-notes.js';
import { openTimeBudget } from './time-budget.js';

const HOUR_MS = 3_600_000;
/** For how long other processes leave a telling alone that this one delivers: four times what delivering may take. */
const CLAIM_MS = 60_000;
/** A run asks whether many troubles are over in one go. */
const STATE_FRESH_MS = 1_000;

/**
 * The alerts of `alerts` in forecastlab.config.json; without that key they are kept in outputs/alerts/ and told on standard error only.
 * Delivering takes at most about 15 s of a run, however many alerts there are; what was not delivered by then is tried again with the next one.
 * @throws BAD_OPTION when the configuration is wrong
 */
export function openAlerts(context: CommandContext, store: ArtifactStore): Alerts {
  const config = readAlertsConfig(context);
  const { targets, secrets } = alertTargets(config, context);
  const redactor = createRedactor(context.env, { secrets });
  const log = openRunLog(context, { job: 'alerts', runId: createRunId({ nowMs: context.nowMs(), random: Math.random }) });
  const budget = openTimeBudget(context.signal);
  const byId = new Map(targets.map((target) => [target.id, target]));
  const holdMs = config.holdHours * HOUR_MS;
  /** What this process has told, for when the state cannot be kept. */
  const toldHere = new Map<string, number>();
  let seen: { readonly keys: ReadonlySet<string>; readonly atMs: number } | undefined;

  const noteOf = (alert: Alert, status: AlertNote['status'], before?: { readonly since: string; readonly held: number }): AlertNote => {
    const time = new Date(context.nowMs()).toISOString();
    return {
      schema: ALERT_SCHEMA,
      id: createRunId({ nowMs: context.nowMs(), random: Math.random }),
      status,
      ...alert,
      text: alert.text ?? null,
      details: alert.details ?? {},
      time,
      since: before?.since ?? time,
      held: before?.held ?? 0,
      host: hostname(),
      store: store.describe(),
      program: `${context.program.name} ${context.program.version}`,
    };
  };
  const targetsFor = (note: AlertNote): AlertTarget[] => targets.filter(({ minSeverity }) => SEVERITY_RANK[note.severity] >= SEVERITY_RANK[minSeverity]);
  const pendingOf = (note: AlertNote): PendingNote => ({ note, targets: targetsFor(note).map(({ id }) => id), claimed_until: new Date(context.nowMs() + CLAIM_MS).toISOString() });

  /** Decides under the state that is there what is told; undefined: nothing. */
  const decide = (alert: Alert): Promise<{ note: AlertNote; claimed: readonly PendingNote[] } | undefined> =>
    changeAlertState(store, (state, isDamaged) => {
      if (isDamaged) log.warn('the state of alerts was damaged and begins anew');
      const before = Object.hasOwn(state.open, alert.key) ? state.open[alert.key] : undefined;
      const status = judgeAlert(before, alert, { nowMs: context.nowMs(), holdMs });
      if (status === null) return { state: withHeld(state, alert.key), result: undefined };
      const note = noteOf(alert, status, before);
      const { state: taken, claimed, dropped } = takeOver(state);
      for (const old of dropped) log.error('an alert was never delivered', { key: old.key, title: old.title, time: old.time });
      return { state: withPending(withTold(taken, note), pendingOf(note)), result: { note, claimed } };
    });

  const takeOver = (state: Parameters<typeof claimPending>[0]): ReturnType<typeof claimPending> =>
    claimPending(state, { nowMs: context.nowMs(), untilMs: context.nowMs() + CLAIM_MS, targets: new Set(byId.keys()) });

  /** Keeps the note in the history, takes it and what waited to the targets, and writes down what has arrived. */
  const tell = async (note: AlertNote, claimed: readonly PendingNote[]): Promise<void> => {
    log[note.severity === 'error' && note.status !== 'resolved' ? 'error' : note.severity === 'info' || note.status === 'resolved' ? 'info' : 'warn'](`alert ${note.status}`, { key: note.key, title: note.title, held: note.held });
    await recordAlert(store, note).catch((error: unknown) => log.error('the alert is not in the history', { error }));
    const waiting = claimed.map((item): Delivery => ({ note: item.note, targets: item.targets.flatMap((id) => byId.get(id) ?? []) }));
    const deliveries: Delivery[] = [...waiting, { note, targets: targetsFor(note) }];
    if (deliveries.every((delivery) => delivery.targets.length === 0)) return;
    const results = await deliverNotes(deliveries, budget);
    const arrived = new Map(deliveries.map((delivery) => [delivery.note.id, results.filter((result) => result.note.id === delivery.note.id && result.why === null).map((result) => result.target.id)]));
    const failed = new Map(results.filter(({ why }) => why !== null).map((result) => [result.target.label, result]));
    for (const [label, { why }] of failed) {
      const reason = redactor.text(why ?? '', 500);
      log.error('alert not delivered', { key: note.key, target: label, why: reason });
      context.log(`alert not delivered to ${label}: ${reason}; it is tried again with the next alert`);
    }
    await changeAlertState(store, (state) => ({ state: settlePending(state, arrived, context.nowMs()), result: undefined })).catch((error: unknown) => log.error('the state of alerts cannot be kept', { error }));
  };

  const quietly = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.error('an alert was lost', { error });
    }
  };

  return {
    raise: (given) =>
      quietly(async () => {
        const alert = cleanAlert(given, redactor);
        context.log(`alert: ${alert.title}`);
        seen = undefined;
        let decision: Awaited<ReturnType<typeof decide>>;
        try {
          decision = await decide(alert);
        } catch (error) {
          log.error('the state of alerts cannot be kept', { error });
          // Rather told once in every run than never.
          if ((toldHere.get(alert.key) ?? -1) < SEVERITY_RANK[alert.severity]) decision = { note: noteOf(alert, 'raised'), claimed: [] };
        }
        if (decision === undefined) return log.info('alert held back', { key: alert.key });
        toldHere.set(alert.key, SEVERITY_RANK[alert.severity]);
        await tell(decision.note, decision.claimed);
      }),
    resolve: (givenKey, options) =>
      quietly(async () => {
        const key = redactor.text(givenKey, 300);
        toldHere.delete(key);
        if (seen === undefined || performance.now() - seen.atMs > STATE_FRESH_MS) {
          seen = { keys: new Set(Object.keys((await readAlertState(store)).state.open)), atMs: performance.now() };
        }
        if (!seen.keys.has(key)) return;
        seen = undefined;
        const decision = await changeAlertState(store, (state) => {
          if (!Object.hasOwn(state.open, key)) return { state, result: undefined };
          const before = state.open[key];
          const note = noteOf({ kind: before.kind, key, severity: before.severity, title: redactor.text(options.title, 300) }, 'resolved', before);
          const { state: taken, claimed } = takeOver(state);
          return { state: withPending(withoutKey(taken, key), pendingOf(note)), result: { note, claimed } };
        });
        if (decision === undefined) return;
        context.log(`alert over: ${decision.note.title}`);
        await tell(decision.note, decision.claimed);
      }),
  };
}

/** What is told goes to people and other programs: bounded, and without secrets. */
function cleanAlert(alert: Alert, redactor: ReturnType<typeof createRedactor>): Alert {
  const oneLine = (text: string, maxChars: number): string => redactor.text(text, maxChars).replace(/\s+/g, ' ').trim();
  return {
    kind: oneLine(alert.kind, 100),
    key: redactor.text(alert.key, 300),
    severity: alert.severity,
    title: oneLine(alert.title, 300),
    ...(alert.text === undefined ? {} : { text: redactor.text(alert.text, 4000) }),
    ...(alert.details === undefined ? {} : { details: redactor.value(alert.details, { entries: 50, chars: 2000, values: 300 }) as Readonly<Record<string, unknown>> }),
  };
}
