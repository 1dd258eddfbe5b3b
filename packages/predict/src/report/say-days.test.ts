import { expect, it } from 'vitest';
import { inSpans, sayDays } from './say-days.js';

const skipped = (date: string, reason: string, symbol = 'BTCUSDT') => ({ symbol, date, reason, code: 'no-bar' as const, quarantine: null });

it('tells days that follow each other, for the same reason, together', () => {
  const days = [skipped('2025-01-05', 'a'), skipped('2025-01-05', 'a', 'ETHUSDT'), skipped('2025-01-04', 'a'), skipped('2025-01-03', 'b'), skipped('2025-01-02', 'a')];
  expect(inSpans(days).map(({ symbol, span, reason }) => `${symbol} ${span} ${reason}`)).toEqual(['BTCUSDT 2025-01-04 to 2025-01-05 a', 'ETHUSDT 2025-01-05 a', 'BTCUSDT 2025-01-03 b', 'BTCUSDT 2025-01-02 a']);
});

it('says what became of each day', () => {
  const filled = { symbol: 'BTCUSDT', date: '2025-01-06', status: 'restored' as const, path: 'p.json', deploy_name: 'b1', backfilled: false, quarantine: 'q.json' };
  const failed = { symbol: 'BTCUSDT', date: '2025-01-01', code: 'CORRUPT', message: 'It is cut.', hint: 'Mend it.', exitCode: 1 as const };
  expect(sayDays({ filled: [filled, { ...filled, status: 'written', backfilled: true, quarantine: null }], skipped: [skipped('2025-01-05', 'no bar')], failed: [failed] }, (path) => `/s/${path}`)).toEqual([
    'BTCUSDT 2025-01-06: made again, the very same, with b1: /s/p.json; the damaged file is kept as /s/q.json.',
    'BTCUSDT 2025-01-06: filled, marked as backfilled, with b1: /s/p.json.',
    'BTCUSDT 2025-01-05: skipped, no bar.',
    'FAILED BTCUSDT 2025-01-01: It is cut.\n  Mend it.',
  ]);
});
