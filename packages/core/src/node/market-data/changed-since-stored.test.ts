import { expect, it } from 'vitest';
import { changedSinceStored } from './changed-since-stored.js';
import type { KlinesManifest } from './klines-manifest.js';

const manifest = {} as KlinesManifest;

it('warns of klines that their manifest does not vouch for, with the way back of their market', () => {
  const market = { symbol: 'BTCUSDT', interval: '1h', venue: 'usdm' } as const;
  expect(changedSinceStored({ manifest, isVouchedFor: false }, market)).toBe(
    'the file was changed since it was stored: forecastlab-train data check --symbol BTCUSDT --interval 1h --venue usdm says where, and forecastlab-train data update --symbol BTCUSDT --interval 1h --venue usdm fetches bars that are not those that were stored again',
  );
  expect(changedSinceStored({ manifest, isVouchedFor: false }, { symbol: 'SAMPLEUSDT', interval: '1d' })).toMatch(/move it and its manifest aside$/);
  expect(changedSinceStored({ manifest, isVouchedFor: true }, market)).toBeUndefined();
  expect(changedSinceStored({ manifest: undefined, isVouchedFor: false }, market)).toBeUndefined();
});
