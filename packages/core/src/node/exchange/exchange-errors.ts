// What to tell when the exchange gives no bars.
import { ForecastLabError } from '../../errors.js';

/** The exchange's own words for a refusal; see errors.md of its API. */
export interface ExchangeRefusal {
  readonly status: number;
  /** `-1121`; undefined when the answer was none of the exchange's. */
  readonly code: number | undefined;
  readonly message: string;
}

export const BAD_SYMBOL = -1121;
const ILLEGAL_CHARACTERS = -1100;
const BAD_INTERVAL = -1120;

/** For an answer that will be the same whenever and wherever it is asked. */
export function refusedRequest(url: string, refusal: ExchangeRefusal): ForecastLabError {
  const { status, code, message } = refusal;
  const { host, searchParams } = new URL(url);
  const symbol = searchParams.get('symbol') ?? searchParams.get('symbols') ?? '';
  const interval = searchParams.get('interval') ?? '';
  const details = { host, url, status, ...(code === undefined ? {} : { exchangeCode: code }) };
  const said = code === undefined ? message : `${code}: ${message}`;
  if (code === BAD_SYMBOL || (code === ILLEGAL_CHARACTERS && message.includes('symbol'))) {
    return new ForecastLabError('BAD_OPTION', `${host} knows no symbol ${symbol} (${said}).`, {
      hint: 'Symbols are written like BTCUSDT: base asset, then quote asset, capital letters, nothing between.',
      details: { ...details, symbol },
    });
  }
  if (code === BAD_INTERVAL) {
    return new ForecastLabError('BAD_OPTION', `${host} has no bars of interval ${interval} (${said}).`, {
      hint: 'Case matters: 1m is a minute, 1M a month; futures have no 1s.',
      details: { ...details, interval },
    });
  }
  return new ForecastLabError('FAILED', `${host} refused the request with status ${status} (${said}).`, {
    hint: code === undefined ? 'Is that an address of the exchange? See --base-url.' : 'The request is in the details; the code is explained in the exchange\'s documentation of errors.',
    details,
  });
}

/** True for an error that says that a symbol does not exist. */
export function isBadSymbol(error: unknown): error is ForecastLabError {
  return error instanceof ForecastLabError && error.code === 'BAD_OPTION' && 'symbol' in error.details;
}

/** For hosts that all failed, each with its reason. */
export function nobodyAnswered(title: string, reasons: ReadonlyMap<string, string>, cause?: unknown): ForecastLabError {
  const hosts = [...reasons.keys()].map((baseUrl) => new URL(baseUrl).host);
  const list = [...reasons].map(([baseUrl, reason]) => `${new URL(baseUrl).host} (${reason})`).join(', ');
  if ([...reasons.values()].every((reason) => reason === REFUSED_LOCATION)) {
    return new ForecastLabError('FAILED', `${title} refuses requests from this location: ${list}.`, {
      hint: 'Give a host that may be used from here with --base-url, or take the published archives: --source dumps.',
      details: { status: 451, hosts },
    });
  }
  if ([...reasons.values()].every((reason) => reason === REFUSED_ADDRESS)) {
    return new ForecastLabError('TEMPORARY', `${title} refuses requests from this address: ${list}.`, {
      hint: 'Its firewall keeps out who asks too often, and whole networks. Try again in some minutes, give another host with --base-url, or take the published archives: --source dumps.',
      details: { status: 403, hosts },
    });
  }
  return new ForecastLabError('TEMPORARY', `${title} cannot be reached: ${list}.`, {
    hint: hintFor([...reasons.values()]),
    details: { hosts },
    ...(cause === undefined ? {} : { cause }),
  });
}

function hintFor(reasons: readonly string[]): string {
  const all = (...starts: string[]): boolean => reasons.every((reason) => starts.some((start) => reason.startsWith(start)));
  if (all('status ')) return 'The exchange answers, but cannot serve. Try again later, or give another host with --base-url.';
  if (all(NOT_JSON, OTHER_FORM)) return 'Something else answers in its place: a proxy, the login page of a network, or a wrong address. Try again later, or give another host with --base-url.';
  return 'Is there a connection to the internet? Try again later, or give another host with --base-url.';
}

export const NOT_JSON = 'an answer that is not whole JSON';
export const OTHER_FORM = 'an answer of another form';
export const REFUSED_ADDRESS = 'status 403: refused by the firewall of the exchange';
export const REFUSED_LOCATION = 'status 451: not for this location';
