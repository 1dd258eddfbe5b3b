// The exchange's own clock: it stands still until a test moves it, or follows the machine's.

export interface ExchangeClock {
  nowMs(): number;
  /** @throws for a clock that follows the machine's */
  setTime(ms: number): void;
}

export function createExchangeClock(start: number | 'real'): ExchangeClock {
  if (start === 'real') {
    return {
      nowMs: () => Date.now(),
      setTime: () => {
        throw new Error('This exchange follows the real clock. Start it with a time to be able to set it.');
      },
    };
  }
  let now = start;
  return {
    nowMs: () => now,
    setTime: (ms) => {
      now = ms;
    },
  };
}
