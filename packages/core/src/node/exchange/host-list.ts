// Which host to ask: the first that works, as long as it works.
import { optionError } from '../../errors.js';

export interface HostList {
  readonly all: readonly string[];
  /** The host to ask now, or undefined when every one refuses us. */
  current(): string | undefined;
  /** This host did not answer: the next one is asked from now on. Without effect when another request has moved on already. */
  moveOn(host: string): void;
  /** This host will not serve us, whatever we ask: never again. */
  strike(host: string): void;
}

/** @throws BAD_OPTION for what is no address */
export function createHostList(baseUrls: readonly string[]): HostList {
  if (baseUrls.length === 0) throw optionError('openExchange', 'baseUrls', 'a list of at least one address', '');
  const all = [...new Set(baseUrls.map(checkBaseUrl))];
  const struck = new Set<string>();
  let index = 0;
  const moveOn = (host: string): void => {
    if (all[index] !== host) return;
    for (let step = 1; step <= all.length; step += 1) {
      const next = (index + step) % all.length;
      if (struck.has(all[next])) continue;
      index = next;
      return;
    }
  };
  return {
    all,
    current: () => (struck.size === all.length ? undefined : all[index]),
    moveOn,
    strike: (host) => {
      struck.add(host);
      moveOn(host);
    },
  };
}

function checkBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isBase = url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '' && url.hash === '';
  if (!isBase) throw optionError('openExchange', 'baseUrls', 'addresses such as https://api.binance.com', text, 'Give --base-url with http:// or https:// in front, without a query.');
  return url.href.replace(/\/+$/, '');
}
