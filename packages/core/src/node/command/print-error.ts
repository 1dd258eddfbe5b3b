// How a failed call is told: one line and a way out for people, one document for programs.
import { type ForecastLabError, isForecastLabError } from '../../errors.js';
import { processRedactor } from '../logging/create-redactor.js';
import { explainSystemError } from './explain-system-error.js';
import type { OutputStream } from './progress.js';

/** Longer than any message of ours; lists of findings can be long. */
const MAX_CHARS = 100_000;

/**
 * Prints `error: …` and `hint: …` on standard error; with `json` also one document on standard output.
 * The stack is shown only with FORECASTLAB_DEBUG=1. Secrets are taken out: what a command prints often ends up in a log.
 */
export function printError(error: unknown, options: { readonly stdout: OutputStream; readonly stderr: OutputStream; readonly json: boolean; readonly debug: boolean }): void {
  const known: ForecastLabError | undefined = isForecastLabError(error) ? error : explainSystemError(error);
  const clean = (text: string): string => processRedactor().text(text, MAX_CHARS);
  const message = clean(known?.message ?? (error instanceof Error ? error.message : String(error)));
  const hint = known === undefined ? 'This looks like a defect of ForecastLab. FORECASTLAB_DEBUG=1 shows where it happened.' : known.hint === undefined ? undefined : clean(known.hint);
  options.stderr.write(`error: ${message}\n`);
  if (hint !== undefined) options.stderr.write(`hint: ${hint}\n`);
  if (options.debug && error instanceof Error) options.stderr.write(`${clean(stackOf(error))}\n`);
  if (options.json) {
    options.stdout.write(`${JSON.stringify({ error: { code: known?.code ?? 'FAILED', message, hint: hint ?? null, details: processRedactor().value(known?.details ?? {}, { entries: 10_000, values: 100_000, chars: MAX_CHARS }) } }, null, 2)}\n`);
  }
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
