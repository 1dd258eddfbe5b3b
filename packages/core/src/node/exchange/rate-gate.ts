// Every request passes here first: it waits while the exchange has told everybody to pause, while this address is banned, and until
// the minute's budget has room. One after the other, so that all symbols share one budget.
import { ForecastLabError } from '../../errors.js';
import type { BanNote, ExchangeOptions } from './exchange.js';
import type { WeightBudget } from './weight-budget.js';

const MAX_WAIT_MS = 120_000;
// The longest ban is three days. A note that says more was written under a wrong clock.
const LONGEST_BAN_MS = 3 * 24 * 3_600_000;

/** Call `settle` when the request has been answered, with the use that the answer reports, or has failed. */
export type Ticket = ReturnType<WeightBudget['spend']>;

export interface RateGate {
  /**
   * Waits for its turn and takes `weight` of the budget.
   * @throws TEMPORARY when the wait would be longer than allowed
   */
  enter(weight: number, options: { readonly signal: AbortSignal | undefined; readonly learnLimit: () => Promise<void> }): Promise<Ticket>;
  /** For the request that learns the limit, while another request holds the turn: waits for pauses and bans only. */
  enterAside(weight: number, signal: AbortSignal | undefined): Promise<Ticket>;
  /** The exchange asks everybody to be silent for this long. */
  pause(ms: number): void;
  /** The exchange has banned this address for this long: remembered across processes. */
  ban(ms: number): Promise<void>;
  waitedMs(): number;
}

export function createRateGate(budget: WeightBudget, options: Pick<ExchangeOptions, 'nowMs' | 'sleep' | 'log' | 'maxWaitMs' | 'bans'> & { readonly title: string }): RateGate {
  const { sleep, bans, title, maxWaitMs = MAX_WAIT_MS } = options;
  let silence = { untilMs: -Infinity, why: '' };
  let noted: Promise<void> | undefined;
  let hasAskedForLimit = false;
  let waitedMs = 0;
  let turn: Promise<unknown> = Promise.resolve();

  function keepSilent(ms: number, why: string): void {
    const untilMs = options.nowMs() + ms;
    if (untilMs > silence.untilMs) silence = { untilMs, why };
  }

  async function readNote(note: BanNote | undefined): Promise<void> {
    const leftMs = ((await note?.read()) ?? -Infinity) - options.nowMs();
    if (leftMs > 0 && leftMs <= LONGEST_BAN_MS) keepSilent(leftMs, `${title} has banned this address`);
  }

  async function wait(ms: number, why: string, signal: AbortSignal | undefined): Promise<void> {
    const until = new Date(options.nowMs() + ms).toISOString();
    if (ms > maxWaitMs) {
      throw new ForecastLabError('TEMPORARY', `${why} until ${until}.`, {
        hint: 'Run the command again after that time; what was fetched so far is kept. Asking earlier would make it longer.',
        details: { until },
      });
    }
    options.log?.(`${why}: waiting until ${until}`);
    await sleep(Math.ceil(ms), signal);
    waitedMs += ms;
  }

  async function endSilence(signal: AbortSignal | undefined): Promise<void> {
    await (noted ??= readNote(bans));
    for (;;) {
      signal?.throwIfAborted();
      const leftMs = silence.untilMs - options.nowMs();
      if (leftMs <= 0) return;
      await wait(leftMs, silence.why, signal);
    }
  }

  async function admit(weight: number, signal: AbortSignal | undefined, learnLimit: () => Promise<void>): Promise<Ticket> {
    for (;;) {
      await endSilence(signal);
      const ms = budget.waitMs(weight);
      if (ms <= 0) return budget.spend(weight);
      if (budget.limit() === null && !hasAskedForLimit) {
        hasAskedForLimit = true;
        await learnLimit();
      } else await wait(ms, `${title}: the requests of this minute are used up`, signal);
    }
  }

  return {
    enter: (weight, { signal, learnLimit }) => {
      const mine = turn.then(() => admit(weight, signal, learnLimit));
      turn = mine.catch(() => undefined);
      return mine;
    },
    enterAside: async (weight, signal) => {
      await endSilence(signal);
      return budget.spend(weight);
    },
    pause: (ms) => keepSilent(ms, `${title} asks to pause: too many requests from this address`),
    ban: async (ms) => {
      keepSilent(ms, `${title} has banned this address`);
      try {
        await bans?.write(silence.untilMs);
      } catch (error) {
        options.log?.(`The ban could not be noted for later runs: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
    waitedMs: () => waitedMs,
  };
}
