// One telling of an alert, as targets get it and as outputs/alerts/alerts.jsonl keeps it.
import type { Alert } from './alert.js';

export const ALERT_SCHEMA = 'forecastlab.alert/1';

/** The JSON document that a generic webhook or a command gets. */
export interface AlertNote {
  readonly schema: string;
  /** Names this telling: a target that gets it twice can know. */
  readonly id: string;
  /** `raised` new; `escalated` worse than before; `reminder` it goes on; `resolved` it is over; `test`. */
  readonly status: 'raised' | 'escalated' | 'reminder' | 'resolved' | 'test';
  readonly kind: string;
  readonly key: string;
  readonly severity: Alert['severity'];
  readonly title: string;
  readonly text: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  /** UTC, ISO 8601: when this was told, and since when the trouble is known. */
  readonly time: string;
  readonly since: string;
  /** How often it was raised again, untold, since it was told last. */
  readonly held: number;
  readonly host: string;
  readonly store: string;
  /** Name and version of the program. */
  readonly program: string;
}

export const SEVERITY_RANK: Readonly<Record<Alert['severity'], number>> = { info: 0, warning: 1, error: 2 };
