// Posts an alert to a web address, and tries again what may pass.
import { describeFailure } from '../http/describe-failure.js';
import { HttpFailure } from '../http/http-client.js';
import { type PostAnswer, postJson } from '../http/post-json.js';
import { readRetryAfterMs } from '../http/retry-after.js';
import { isPassing, isPassingStatus } from '../http/retry.js';
import { sleep } from '../http/sleep.js';
import type { AlertNote } from './alert-note.js';
import { DeliveryError } from './delivery-error.js';
import { slackMessage } from './slack-message.js';

const ATTEMPTS = 3;
const TIMEOUT_MS = 5_000;
const WAIT_MS = 500;

/** @throws DeliveryError, or the error of `url` and `headers`; it names no address, which may be a secret */
export async function sendWebhook(
  note: AlertNote,
  options: {
    /** May throw an Error that says what is missing. */
    readonly url: () => string;
    readonly headers: () => Readonly<Record<string, string>>;
    readonly format: 'generic' | 'slack';
    /** Ends it all. */
    readonly signal: AbortSignal;
    /** Wait before the second attempt, in ms; twice as long before the third. Default: 500. */
    readonly waitMs?: number;
  },
): Promise<void> {
  const { signal, waitMs = WAIT_MS } = options;
  const url = options.url();
  const headers = options.headers();
  const body = JSON.stringify(options.format === 'slack' ? slackMessage(note) : note);
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await ask(url, body, headers, signal);
    if (outcome === 'arrived') return;
    if (!outcome.mayPass || attempt + 1 >= ATTEMPTS || signal.aborted) throw new DeliveryError(outcome.why, !outcome.mayPass);
    await sleep(Math.min(outcome.afterMs ?? waitMs * 2 ** attempt, TIMEOUT_MS), signal).catch(() => undefined);
  }
}

type Outcome = 'arrived' | { readonly why: string; readonly mayPass: boolean; readonly afterMs?: number | undefined };

async function ask(url: string, body: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Outcome> {
  try {
    return judge(await postJson(url, body, { headers, timeoutMs: TIMEOUT_MS, signal }));
  } catch (error) {
    if (signal.aborted) return { why: 'no answer in time', mayPass: true };
    return error instanceof HttpFailure ? { why: describeFailure(error.kind), mayPass: isPassing(error) } : { why: 'the request could not be made', mayPass: false };
  }
}

function judge({ status, text, retryAfter }: PostAnswer): Outcome {
  if (status >= 200 && status < 300) return 'arrived';
  if (status >= 300 && status < 400) return { why: `the server redirects (${status}): give the address that it leads to`, mayPass: false };
  const said = text.replace(/\s+/g, ' ').trim().slice(0, 200);
  return { why: `the server answers ${status}${said === '' ? '' : `: ${said}`}`, mayPass: status === 429 || isPassingStatus(status), afterMs: readRetryAfterMs(retryAfter, { nowMs: Date.now() }) };
}
