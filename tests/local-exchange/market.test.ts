import { describe, expect, it } from 'vitest';
import { INTERVALS, startOfInterval } from '../../packages/core/src/klines/interval.js';
import { createMarket } from './market.js';
import { createMarkets } from './markets.js';
import { sampleKlines } from './sample-klines.js';
import { DAY_MS, START_MS } from './test-exchange.js';

describe('a synthetic market', () => {
  it('never changes a bar because its clock went on', () => {
    const spec = { symbol: 'BTCUSDT', interval: '1d', sample: { seed: 1, startMs: START_MS } } as const;
    const stepwise = createMarket(spec);
    const times = [3, 50, 400, 3000].map((days) => START_MS + days * DAY_MS);
    const early = times.map((timeMs) => stepwise.bars(timeMs, 'rest').bar(2));
    expect(early).toEqual(times.map(() => createMarket(spec).bars(times[3] as number, 'rest').bar(2)));
    expect(stepwise.bars(times[3] as number, 'rest').count).toBe(3001);
  });

  it('ends where it should', () => {
    const market = createMarket({ symbol: 'BTCUSDT', interval: '1d', sample: { seed: 1, startMs: START_MS, endMs: START_MS + 5 * DAY_MS } });
    expect(market.bars(START_MS + 100 * DAY_MS, 'rest').count).toBe(5);
  });

  it.each(INTERVALS.filter(({ ms }) => ms >= 60_000))('has its bars of $name on the grid from its start on, wherever that lies', (interval) => {
    for (const startMs of [Date.UTC(2012, 1, 29), Date.UTC(2017, 7, 17), Date.UTC(2026, 5, 1)]) {
      const { openTimeMs, closeTimeMs } = sampleKlines(interval.name, { seed: 1, startMs, untilMs: startMs + 3 * interval.ms });
      expect(openTimeMs.length).toBeGreaterThanOrEqual(2);
      expect(openTimeMs[0]).toBeGreaterThanOrEqual(interval.name === '1M' ? startOfInterval(interval, startMs) : startMs);
      for (const time of openTimeMs) expect(time).toBe(startOfInterval(interval, time));
      expect(closeTimeMs[0]).toBe((openTimeMs[1] as number) - 1);
    }
  });
});

describe('markets', () => {
  const sample = { seed: 1, startMs: START_MS };

  it('make an interval that nobody named from the next shorter one', () => {
    const markets = createMarkets([{ symbol: 'BTCUSDT', interval: '1m', sample: { ...sample, startMs: START_MS + 20 * DAY_MS } }, { symbol: 'BTCUSDT', interval: '1h', sample }]);
    const at = { nowMs: START_MS + 30 * DAY_MS, place: 'rest' } as const;
    expect(markets.bars('spot', 'BTCUSDT', '1d', at)?.count).toBe(31);
    expect(markets.bars('spot', 'BTCUSDT', '5m', at)?.count).toBe(10 * 288 + 1);
    expect(markets.bars('spot', 'BTCUSDT', '1d', { ...at, nowMs: START_MS + 31 * DAY_MS })?.count).toBe(32);
    expect(markets.bars('spot', 'BTCUSDT', '1s', at)).toBeUndefined();
    expect(markets.bars('usdm', 'BTCUSDT', '1d', at)).toBeUndefined();
  });

  it('say which there are when one is asked for that is not', () => {
    expect(() => createMarkets([{ symbol: 'BTCUSDT', interval: '1d', sample }]).market('spot', 'BTCUSDT', '1h')).toThrow('no market BTCUSDT 1h at spot; it has spot BTCUSDT 1d');
  });
});
