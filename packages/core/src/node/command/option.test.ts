import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { option } from './option.js';
import { flagName, variableName } from './option-names.js';

const describeText = { describe: 'x' };

describe('option', () => {
  it('reads text and JSON alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), (n) => {
        const seed = option.integer({ ...describeText, min: -1000, max: 1000 });
        expect(seed.read(String(n))).toEqual({ ok: true, value: n });
        expect(seed.read(n)).toEqual({ ok: true, value: n });
      }),
    );
    expect(option.boolean(describeText).read('Yes')).toEqual({ ok: true, value: true });
    expect(option.list(describeText).read(' a ,, b ')).toEqual({ ok: true, value: ['a', 'b'] });
    expect(option.json(describeText).read('{"a":1}')).toEqual(option.json(describeText).read({ a: 1 }));
    expect(option.string(describeText).read(7)).toEqual({ ok: true, value: '7' });
  });

  it.each([
    [option.integer(describeText), ['1.5', '', ' ', 'x', true, Number.NaN, 'Infinity', null]],
    [option.number({ ...describeText, min: 0, max: 1 }), ['-0.1', '1.1', 'NaN', '0x']],
    [option.boolean(describeText), ['maybe', 1, null]],
    [option.choice(['a', 'b'], describeText), ['A', '', 1]],
    [option.list(describeText), [',', '', [true], []]],
    [option.file(describeText), ['', 3]],
    [option.json(describeText), ['', '{', '[1]', '3', 'null', []]],
  ])('refuses what breaks the rule (%#)', (definition, values) => {
    for (const value of values) expect(definition.read(value), JSON.stringify(value)).toEqual({ ok: false });
  });

  it('says the rule in words', () => {
    expect(option.integer({ ...describeText, min: 1 }).rule).toBe('an integer, at least 1');
    expect(option.number({ ...describeText, min: 0, max: 1 }).rule).toBe('a number from 0 to 1');
  });

  it('has one name in three spellings', () => {
    expect([flagName('classWeights'), variableName('classWeights')]).toEqual(['--class-weights', 'FORECASTLAB_CLASS_WEIGHTS']);
    expect([flagName('T'), variableName('T')]).toEqual(['--T', 'FORECASTLAB_T']);
    expect(flagName('baseUrl')).toBe('--base-url');
  });
});
