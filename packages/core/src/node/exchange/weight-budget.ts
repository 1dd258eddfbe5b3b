// How much may still be asked in this minute. The exchange adds up the weights of all requests of one address in windows that begin
// on its full minutes; a ban follows for those who go on beyond the limit.
// Source: Binance spot API, rest-api.md, "IP Limits".

const WINDOW_MS = 60_000;
// Our idea of the exchange's clock may be off by a part of a round trip: a window begins for us when it surely has for it.
const GRACE_MS = 500;
// The rest is left to other programs behind the same address, of whose use we hear late.
const USABLE_SHARE = 0.9;
// Before the limit is known. The lowest that the exchange had in years is 1200; a daily update of many symbols stays below this.
const STARTING_LIMIT = 300;

export interface WeightBudget {
  /** How long to wait before a request of this weight may go; 0: not at all. */
  waitMs(weight: number): number;
  /** A request goes. Call `settle` when it has been answered (with the use that the exchange reports, for all programs of this address) or has failed. */
  spend(weight: number): { settle(reportedUse?: number): void };
  /** The limit per minute, as the exchange tells it. */
  learn(limit: number): void;
  /** Null while nothing was learnt. */
  limit(): number | null;
}

export function createWeightBudget(options: {
  /** The exchange's clock, as far as known. */
  readonly nowMs: () => number;
}): WeightBudget {
  let limit: number | null = null;
  let window = -Infinity;
  let used = 0;
  let inFlight = 0;
  // Answered, and sent so near the full minute that the exchange may have counted it in the next one.
  let onTheEdge = 0;

  const currentWindow = (): number => Math.floor((options.nowMs() - GRACE_MS) / WINDOW_MS);
  const roll = (): void => {
    const now = currentWindow();
    if (now > window) {
      used = inFlight + (now === window + 1 ? onTheEdge : 0); // they may be counted in either window
      onTheEdge = 0;
    }
    window = now;
  };

  return {
    waitMs: (weight) => {
      roll();
      if (used === 0 || used + weight <= USABLE_SHARE * (limit ?? STARTING_LIMIT)) return 0;
      return (window + 1) * WINDOW_MS + GRACE_MS - options.nowMs();
    },
    spend: (weight) => {
      roll();
      const sentIn = window;
      const isOnTheEdge = options.nowMs() >= (window + 1) * WINDOW_MS - GRACE_MS;
      used += weight;
      inFlight += weight;
      return {
        settle: (reportedUse) => {
          inFlight -= weight;
          if (isOnTheEdge && currentWindow() === sentIn) onTheEdge += weight;
          roll();
          // An answer from across the full minute may speak of either window.
          if (reportedUse !== undefined && sentIn === window) used = Math.max(used, reportedUse + inFlight);
        },
      };
    },
    learn: (told) => {
      limit = told;
    },
    limit: () => limit,
  };
}
