// The key `alerts` of forecastlab.config.json.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { parseConfigKey } from '../logging/logs-config.js';
import type { Alert } from './alert.js';

type Severity = Alert['severity'];

/** A web address that alerts are posted to. */
export interface WebhookConfig {
  /** `https://…`; `env:NAME`, a variable that holds it; or `file:PATH`, a file that does (relative to the root): so no secret need stand in the configuration. */
  readonly url: string;
  /** `generic`: the alert as a JSON document. `slack`: what Slack's incoming webhooks take, and others that follow them. Default: generic. */
  readonly format: 'generic' | 'slack';
  /** The least that is sent. Default: warning. */
  readonly minSeverity: Severity;
  /** Beside those that every request has; a value may be `env:NAME` or `file:PATH` too. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A program that is run for each alert, which it gets as JSON on standard input and in variables FORECASTLAB_ALERT_…. */
export interface CommandConfig {
  /** A line for the shell, or a program and its arguments. */
  readonly command: string | readonly string[];
  readonly minSeverity: Severity;
  /** It is killed after this time. Default: 10. */
  readonly timeoutSeconds: number;
}

export interface AlertsConfig {
  readonly webhooks: readonly WebhookConfig[];
  readonly commands: readonly CommandConfig[];
  /** The same trouble is told again after so many hours, not before. Default: 24. */
  readonly holdHours: number;
}

const severity = z.enum(['info', 'warning', 'error']).default('warning');
const indirect = /^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/;
const isWebUrl = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

const schema: z.ZodType<AlertsConfig> = z.strictObject({
  webhooks: z
    .array(
      z.strictObject({
        url: z.string().refine((url) => indirect.test(url) || isWebUrl(url), 'must be https://…, env:NAME or file:PATH'),
        format: z.enum(['generic', 'slack']).default('generic'),
        minSeverity: severity,
        headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string().regex(/^[^\r\n]*$/, 'must be one line')).default({}),
      }),
    )
    .max(20)
    .default([]),
  commands: z
    .array(z.strictObject({ command: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]), minSeverity: severity, timeoutSeconds: z.number().min(0.1).max(10).default(10) }))
    .max(20)
    .default([]),
  holdHours: z.number().min(0).max(8760).default(24),
});

/** @throws BAD_OPTION naming file and key, never the value */
export function readAlertsConfig({ root, config }: { readonly root: string; readonly config: Readonly<Record<string, unknown>> }): AlertsConfig {
  return parseConfigKey(schema, 'alerts', { root, value: config.alerts ?? {} });
}

/**
 * What `env:NAME` or `file:PATH` stands for; any other text is itself.
 * @throws Error saying which variable or file is missing
 */
export function resolveSecret(text: string, { root, env }: { readonly root: string; readonly env: Readonly<Record<string, string | undefined>> }): string {
  if (!indirect.test(text)) return text;
  const name = text.slice(text.indexOf(':') + 1);
  const value = text.startsWith('env:') ? env[name] : readFileSync(resolve(root, name), 'utf8');
  const trimmed = value?.trim() ?? '';
  if (trimmed === '') throw new Error(text.startsWith('env:') ? `the variable ${name} is not set` : `the file ${name} is empty`);
  return trimmed;
}

/** The web address of a webhook. @throws Error without the address in its message */
export function resolveUrl(url: string, from: Parameters<typeof resolveSecret>[1]): string {
  const resolved = resolveSecret(url, from);
  if (!isWebUrl(resolved)) throw new Error(`${url} does not hold a web address`);
  return resolved;
}
