// Where alerts go, as the configuration lists it.
import { createHash } from 'node:crypto';
import type { AlertNote } from './alert-note.js';
import { type AlertsConfig, resolveSecret, resolveUrl } from './alerts-config.js';
import type { Alert } from './alert.js';
import { runAlertCommand } from './run-alert-command.js';
import { sendWebhook } from './send-webhook.js';

/** One place that alerts go to. */
export interface AlertTarget {
  /** The same for the same entry of the configuration; tells nothing of what it holds. */
  readonly id: string;
  /** For people, without secrets: `webhook 1 (slack, hooks.slack.com)`. */
  readonly label: string;
  readonly minSeverity: Alert['severity'];
  /** Resolves when the target has it. Throws an Error that says why not, without secrets. */
  send(note: AlertNote, options: { readonly signal: AbortSignal }): Promise<void>;
}

export interface TargetSurroundings {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The targets of the configuration, and the secrets in it that must not be told. */
export function alertTargets(config: AlertsConfig, from: TargetSurroundings): { readonly targets: readonly AlertTarget[]; readonly secrets: readonly string[] } {
  const secrets: string[] = [];
  const resolved = (text: string): string | undefined => {
    try {
      return resolveSecret(text, from);
    } catch {
      return undefined;
    }
  };
  const webhooks = config.webhooks.map((webhook, i): AlertTarget => {
    const url = resolved(webhook.url);
    if (url !== undefined) secrets.push(url, ...pathOf(url));
    secrets.push(...Object.values(webhook.headers).flatMap((value) => resolved(value) ?? []));
    const where = url !== undefined && URL.canParse(url) ? new URL(url).host : webhook.url;
    return {
      id: identify(['webhook', webhook.url]),
      label: `webhook ${i + 1} (${webhook.format}, ${where})`,
      minSeverity: webhook.minSeverity,
      // The variable or file is read when it is needed: without it a run goes on.
      send: (note, { signal }) => sendWebhook(note, { url: () => resolveUrl(webhook.url, from), headers: () => Object.fromEntries(Object.entries(webhook.headers).map(([name, value]) => [name, resolveSecret(value, from)])), format: webhook.format, signal }),
    };
  });
  const commands = config.commands.map(({ command, minSeverity, timeoutSeconds }, i): AlertTarget => ({
    id: identify(['command', command]),
    label: `command ${i + 1} (${firstWord(command)})`,
    minSeverity,
    send: (note, { signal }) => runAlertCommand(note, { command, timeoutMs: timeoutSeconds * 1000, cwd: from.root, env: from.env, signal }),
  }));
  return { targets: [...webhooks, ...commands], secrets };
}

function identify(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

/** What comes after the host is the secret part. */
function pathOf(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const { pathname, search } = new URL(url);
  return pathname.length > 12 ? [pathname, `${pathname}${search}`] : [];
}

function firstWord(command: string | readonly string[]): string {
  const word = typeof command === 'string' ? command.trim().split(/\s+/)[0] : command[0];
  return (word.split(/[\\/]/).at(-1) ?? word).slice(0, 40);
}
