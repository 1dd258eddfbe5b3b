import { describe, expect, it } from 'vitest';
import { FEATURE_SETS, FEATURES, resolveFeatures } from './feature-registry.js';
import { featureSetVersion } from './feature-set-version.js';
import { warmUpBars } from './warm-up-bars.js';

describe('the feature registry', () => {
  it('has the sets of the predecessor', () => {
    expect(FEATURE_SETS.baseline.map(({ name }) => name)).toEqual(['rsi_14', 'ma7', 'ma21', 'vol21', 'macd_hist', 'ret1']);
    expect(FEATURE_SETS.flow).toHaveLength(20);
    expect(FEATURE_SETS.flow.slice(0, 6)).toEqual(FEATURE_SETS.baseline);
  });

  it.each([...FEATURES.entries()])('describes %s', (name, definition) => {
    expect(definition.name).toBe(name);
    for (const text of [definition.formula, definition.unit, definition.source]) expect(text).not.toBe('');
    expect(definition.inputs.length).toBeGreaterThan(0);
    expect(Number.isInteger(definition.lookbackBars) && definition.lookbackBars >= 1).toBe(true);
    expect(definition.create()).not.toBe(undefined);
  });

  it('says the warm-up', () => {
    expect(warmUpBars('baseline')).toBe(21);
    expect(warmUpBars('flow')).toBe(41);
    expect(warmUpBars(FEATURE_SETS.baseline.map(({ name }) => name))).toBe(21);
    expect(warmUpBars(['rsi_14'])).toBe(41);
    expect(warmUpBars(['ret1', 'ma7'])).toBe(6);
    expect(warmUpBars(['taker_buy_base_ratio'])).toBe(0);
  });

  it('gives each meaning a version of its own', () => {
    expect(featureSetVersion('flow')).toMatch(/^[0-9a-f]{16}$/);
    expect(featureSetVersion('flow')).toBe(featureSetVersion(FEATURE_SETS.flow));
    expect(featureSetVersion(['ma7', 'ma21'])).not.toBe(featureSetVersion(['ma21', 'ma7']));
    const [ma7] = resolveFeatures(['ma7']);
    expect(featureSetVersion([{ ...ma7, formula: 'another' }])).not.toBe(featureSetVersion(['ma7']));
  });

  it.each([
    ['best', 'one of the sets baseline, flow, market'],
    [[], 'at least one feature'],
    [['ma7', 'ma8'], 'names of registered features. Got "ma8"'],
    [['ma7', 'ma7'], 'without repetition. Got "ma7"'],
    ['__proto__', 'one of the sets'],
  ])('refuses %j', (selection, message) => {
    expect(() => resolveFeatures(selection as never)).toThrowError(expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringContaining(message) }));
  });
});
