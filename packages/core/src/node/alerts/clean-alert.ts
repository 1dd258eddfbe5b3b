// What is told goes to people and other programs: bounded, and without secrets.
import type { Redactor } from '../logging/create-redactor.js';
import type { Alert } from './alert.js';

export function cleanAlert(alert: Alert, redactor: Redactor): Alert {
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
