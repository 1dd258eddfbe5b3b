// An alert as it is told from here and now.
import { hostname } from 'node:os';
import type { CommandContext } from '../command/command-context.js';
import { createRunId } from '../run-records/run-id.js';
import type { ArtifactStore } from '../store/index.js';
import type { Alert } from './alert.js';
import { ALERT_SCHEMA, type AlertNote } from './alert-note.js';

/** @param before since when the trouble goes on, and how often it was raised untold; without: it is new */
export function makeNote(alert: Alert, status: AlertNote['status'], from: { readonly context: CommandContext; readonly store: ArtifactStore }, before?: { readonly since: string; readonly held: number }): AlertNote {
  const nowMs = from.context.nowMs();
  const time = new Date(nowMs).toISOString();
  return {
    schema: ALERT_SCHEMA,
    id: createRunId({ nowMs, random: Math.random }),
    status,
    kind: alert.kind,
    key: alert.key,
    severity: alert.severity,
    title: alert.title,
    text: alert.text ?? null,
    details: alert.details ?? {},
    time,
    since: before?.since ?? time,
    held: before?.held ?? 0,
    host: hostname(),
    store: from.store.describe(),
    program: `${from.context.program.name} ${from.context.program.version}`,
  };
}
