// Request weight: what each address may use in a minute, 429 beyond it, and a ban (418) for those who go on asking.
// Source: Binance spot API, "IP Limits".
import type { ExchangeClock } from './exchange-clock.js';

const MINUTE_MS = 60_000;
const LONGEST_BAN_MS = 3 * 24 * 60 * MINUTE_MS;

export type Verdict =
  | { readonly kind: 'served'; readonly used: number }
  | { readonly kind: 'limited'; readonly used: number; readonly retryAfterSeconds: number }
  | { readonly kind: 'banned'; readonly used: number; readonly retryAfterSeconds: number; readonly untilMs: number };

export interface WeightCounter {
  readonly limit: number;
  /** Used in the minute of the clock. */
  used(): number;
  /** Charges a request and says how it is to be answered. */
  charge(weight: number): Verdict;
  /** Bans from now on. */
  ban(ms: number): void;
  /** Sets the weight used in this minute, as if others behind the same address had used it. */
  use(weight: number): void;
}

export function createWeightCounter(clock: ExchangeClock, options: { readonly limit: number; readonly patience: number; readonly banMs: number }): WeightCounter {
  let minute = Number.NaN;
  let used = 0;
  let refused = 0;
  let bannedUntilMs = Number.NEGATIVE_INFINITY;
  let nextBanMs = options.banMs;
  const turnMinute = (): void => {
    const current = Math.floor(clock.nowMs() / MINUTE_MS);
    if (current === minute) return;
    minute = current;
    used = 0;
    refused = 0;
  };
  const banned = (): Verdict => ({ kind: 'banned', used, untilMs: bannedUntilMs, retryAfterSeconds: Math.ceil((bannedUntilMs - clock.nowMs()) / 1000) });
  const ban = (ms: number): void => {
    bannedUntilMs = clock.nowMs() + ms;
    nextBanMs = Math.min(LONGEST_BAN_MS, ms * 2);
  };
  return {
    limit: options.limit,
    used: () => {
      turnMinute();
      return used;
    },
    use: (weight) => {
      turnMinute();
      used = weight;
    },
    ban,
    charge: (weight) => {
      turnMinute();
      if (clock.nowMs() < bannedUntilMs) return banned();
      used += weight;
      if (used <= options.limit) return { kind: 'served', used };
      refused += 1;
      if (refused > options.patience) {
        ban(nextBanMs);
        return banned();
      }
      return { kind: 'limited', used, retryAfterSeconds: Math.ceil(((minute + 1) * MINUTE_MS - clock.nowMs()) / 1000) };
    },
  };
}
