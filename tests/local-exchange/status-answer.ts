// Refusals that come from the edge or the engine room rather than from the endpoint: what stands in their bodies.
// Sources: Binance spot API, rest-api.md and errors.md; bodies that public repositories quote as received; Amazon S3, error responses.
import { type Answer, htmlAnswer, jsonAnswer, xmlAnswer } from './answer.js';
import { limitAnswer } from './exchange-errors.js';
import type { Venue } from './options.js';

const DEFAULT_WAIT_SECONDS = 10;

export interface StatusRequest {
  readonly status: number;
  readonly place: Venue | 'dumps';
  readonly nowMs: number;
  readonly weightLimit: number;
  readonly retryAfterSeconds?: number;
}

export function statusAnswer(request: StatusRequest): Answer {
  const { status, place, nowMs, weightLimit, retryAfterSeconds = DEFAULT_WAIT_SECONDS } = request;
  if (place === 'dumps') return dumpsStatus(status);
  if (status === 429) return limitAnswer(place, { kind: 'limited', used: weightLimit, retryAfterSeconds }, weightLimit);
  if (status === 418) return limitAnswer(place, { kind: 'banned', used: weightLimit, retryAfterSeconds, untilMs: nowMs + retryAfterSeconds * 1000 }, weightLimit);
  const answer = (code: number, msg: string): Answer => jsonAnswer(status, JSON.stringify({ code, msg }));
  switch (status) {
    case 451:
      return answer(0, "Service unavailable from a restricted location according to 'b. Eligibility' in https://www.binance.com/en/terms. Please contact customer service if you believe you received this message in error.");
    case 500:
      return answer(-1000, 'An unknown error occurred while processing the request.');
    case 503:
      return answer(-1008, 'Server is currently overloaded with other requests. Please try again in a few minutes.');
    case 504:
      return answer(-1007, 'Timeout waiting for response from backend server. Send status unknown; execution status unknown.');
    case 403:
      return htmlAnswer(403, page('403 ERROR', 'The request could not be satisfied. Request blocked.'));
    default:
      return htmlAnswer(status, page(`${status} Error`, 'The request could not be served.'));
  }
}

/** A page for people, as load balancers and walls send it. */
export function page(title: string, text: string): string {
  return `<!DOCTYPE html>\n<html><head><title>${title}</title></head>\n<body><center><h1>${title}</h1></center><p>${text}</p></body></html>\n`;
}

function dumpsStatus(status: number): Answer {
  const code = { 403: 'AccessDenied', 500: 'InternalError', 503: 'SlowDown' }[status] ?? `Status${status}`;
  return xmlAnswer(status, `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>The request could not be served.</Message></Error>`);
}
