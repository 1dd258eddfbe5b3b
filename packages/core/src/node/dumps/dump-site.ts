// The site of the archives: requests are counted, and what it says instead of an answer becomes an error that names it.
import { ForecastLabError } from '../../errors.js';
import { describeFailure } from '../http/describe-failure.js';
import { type HttpAnswer, type HttpClient, HttpFailure, type HttpStream } from '../http/http-client.js';
import { closeBody, isPassing, withRetries } from '../http/retry.js';
import type { Sleep } from '../http/sleep.js';

export interface SiteOptions {
  readonly http: HttpClient;
  readonly sleep: Sleep;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log?: ((text: string) => void) | undefined;
}

export interface SiteRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface DumpSite {
  /** The whole answer, status 200 or 404, asked for again after failures that may pass. */
  get(request: SiteRequest): Promise<HttpAnswer>;
  /** The status of the address, without its body. */
  status(request: SiteRequest): Promise<number>;
  /** One attempt, of any status. Its body counts as it is read. */
  open(request: SiteRequest): Promise<HttpStream>;
  usage(): { readonly requests: number; readonly bytes: number };
}

const TOO_MANY_REQUESTS = 429;

export function openDumpSite({ http, sleep, random, log }: SiteOptions): DumpSite {
  let requests = 0;
  let bytes = 0;
  const pass = ({ url, headers, maxBytes, signal }: SiteRequest): Parameters<HttpClient['open']>[0] => ({
    url,
    ...(headers === undefined ? {} : { headers }),
    ...(maxBytes === undefined ? {} : { maxBytes }),
    ...(signal === undefined ? {} : { signal }),
  });
  const open: DumpSite['open'] = async (request) => {
    requests += 1;
    const answer = await http.open(pass(request));
    return { ...answer, body: counted(answer.body, (length) => (bytes += length)) };
  };
  const retried = async <Answer extends { readonly status: number; readonly body: unknown }>(request: SiteRequest, ask: () => Promise<Answer>): Promise<Answer> => {
    const onRetry = (why: HttpFailure | { readonly status: number }): void => log?.(`${request.url}: ${describeProblem(why)}; trying again`);
    try {
      return await withRetries(ask, { sleep, random, signal: request.signal, onRetry });
    } catch (error) {
      throw error instanceof HttpFailure && error.kind !== 'too-long' ? unreachable(request.url, error) : error;
    }
  };
  return {
    open,
    get: async (request) => {
      const answer = await retried(request, () => {
        requests += 1;
        return http.get(pass(request));
      });
      bytes += answer.body.length;
      if (answer.status === 200 || answer.status === 404) return answer;
      throw refusal(request.url, answer.status);
    },
    status: async (request) => {
      const answer = await retried(request, () => open(request));
      await closeBody(answer.body);
      return answer.status;
    },
    usage: () => ({ requests, bytes }),
  };
}

/** For an answer that holds nothing to take. */
export function refusal(url: string, status: number): ForecastLabError {
  const { host } = new URL(url);
  const isPassingStatus = status >= 500 || status === TOO_MANY_REQUESTS;
  return new ForecastLabError(isPassingStatus ? 'TEMPORARY' : 'FAILED', `${host} answered with status ${status} for ${fileOf(url)}.`, {
    hint: isPassingStatus ? 'Try again later, or take the bars from the exchange itself: --source rest.' : 'Is that the site of the archives? See --dumps-url. Bars come from the exchange itself with --source rest.',
    details: { host, url, status },
  });
}

/** For an answer that did not come. */
export function unreachable(url: string, why: HttpFailure | { readonly status: number }): ForecastLabError {
  if (!(why instanceof HttpFailure)) return refusal(url, why.status);
  const { host } = new URL(url);
  return new ForecastLabError(isPassing(why) ? 'TEMPORARY' : 'FAILED', `${host} cannot be reached for ${fileOf(url)}: ${describeProblem(why)}.`, {
    hint: 'Is there a connection to the internet? Try again later: what is downloaded already is kept. Bars come from the exchange itself with --source rest.',
    details: { host, url, kind: why.kind },
    cause: why,
  });
}

export function describeProblem(why: HttpFailure | { readonly status: number }): string {
  if (!(why instanceof HttpFailure)) return `status ${why.status}`;
  return describeFailure(why.kind);
}

const fileOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

function counted(body: AsyncIterable<Uint8Array>, count: (length: number) => void): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]: () => {
      const pieces = body[Symbol.asyncIterator]();
      return {
        next: async () => {
          const piece = await pieces.next();
          if (piece.done !== true) count(piece.value.length);
          return piece;
        },
        return: async () => (await pieces.return?.()) ?? { done: true, value: undefined },
      };
    },
  };
}
