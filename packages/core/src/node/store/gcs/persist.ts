// Asking the object store until it answers, at most so often and so long; and remembering whether a deed may be done
// although nobody heard of it. The clients of Google retry too, but do not tell whether they did: then 412 means nothing.
import { ForecastLabError } from '../../../errors.js';
import { describeFailure } from '../../http/describe-failure.js';
import { HttpFailure } from '../../http/http-client.js';
import { isPassing, retryDelayMs } from '../../http/retry.js';
import { readRetryAfterMs } from '../../http/retry-after.js';
import type { Sleep } from '../../http/sleep.js';
import { type GcsAnswer, isPassingAnswer } from './gcs-answer.js';

export interface Patience {
  readonly sleep: Sleep;
  /** In [0, 1). */
  readonly random: () => number;
  /** How often one thing is asked at most. */
  readonly attempts: number;
  /** How long one operation may take with all its waits, in ms. */
  readonly operationMs: number;
}

/** An answer that will not pass. */
export interface FinalAnswer {
  readonly answer: GcsAnswer;
  /** True when an earlier request of the same may have had its effect, though its answer was lost. */
  readonly isRepeated: boolean;
}

/** Asks again after failures and answers that may pass. Throws TEMPORARY when they do not in time. */
export async function persist(ask: (leftMs: number) => Promise<GcsAnswer>, place: string, { sleep, random, attempts, operationMs }: Patience): Promise<FinalAnswer> {
  const endMs = performance.now() + operationMs;
  let isRepeated = false;
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await ask(endMs - performance.now()).catch((error: unknown) => {
      if (isPassing(error)) return error;
      throw error instanceof HttpFailure ? unreachable(place, error, isRepeated) : error;
    });
    if (!(outcome instanceof HttpFailure) && !isPassingAnswer(outcome)) return { answer: outcome, isRepeated };
    isRepeated ||= mayBeDone(outcome);
    const asked = outcome instanceof HttpFailure ? undefined : readRetryAfterMs(outcome.headers['retry-after'], { nowMs: Date.now() });
    const delayMs = Math.max(retryDelayMs(attempt, random), asked ?? 0);
    if (attempt + 1 >= attempts || performance.now() + delayMs > endMs) throw unreachable(place, outcome, isRepeated);
    await sleep(delayMs);
  }
}

/** A refused connection or a 429 has had no effect; after anything else nobody knows. */
function mayBeDone(outcome: HttpFailure | GcsAnswer): boolean {
  return outcome instanceof HttpFailure ? outcome.kind !== 'refused' && outcome.kind !== 'dns' : outcome.status === 408 || outcome.status >= 500;
}

function unreachable(place: string, outcome: HttpFailure | GcsAnswer, isRepeated: boolean): ForecastLabError {
  const why = outcome instanceof HttpFailure ? describeFailure(outcome.kind) : outcome.status === 429 ? 'too many requests (429)' : `status ${outcome.status}`;
  const isLasting = outcome instanceof HttpFailure && outcome.kind === 'tls';
  return new ForecastLabError(isLasting ? 'FAILED' : 'TEMPORARY', `${place} cannot be reached: ${why}.`, {
    hint: isLasting ? 'A proxy between may have a certificate of its own: name its authority in NODE_EXTRA_CA_CERTS.' : 'Try again later: what was written stays, and running the same again completes it.',
    details: { place, mayBeDone: isRepeated, ...(outcome instanceof HttpFailure ? { failure: outcome.kind } : { status: outcome.status }) },
    ...(outcome instanceof HttpFailure ? { cause: outcome } : {}),
  });
}
