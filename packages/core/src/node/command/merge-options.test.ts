import { describe, expect, it } from 'vitest';
import { mergeOptions, readPositionals } from './merge-options.js';
import { option } from './option.js';

const definitions = { seed: option.integer({ describe: 'Seed.', default: 1 }), out: option.file({ describe: 'File.' }) };
const base = { flags: {}, env: {}, section: 'train x', cwd: '/here', root: '/market' };
const config = { path: '/market/forecastlab.config.json', shared: { seed: 2, out: 'a' }, commands: { 'train x': { seed: null }, 'train y': { anything: 1 } } };

describe('mergeOptions', () => {
  it('keeps to the order, and treats null and an empty variable as absent', () => {
    expect(mergeOptions('x', definitions, base)).toEqual({ seed: 1, out: undefined });
    expect(mergeOptions('x', definitions, { ...base, config, env: { FORECASTLAB_SEED: '' } })).toEqual({ seed: 2, out: '/market/a' });
    expect(mergeOptions('x', definitions, { ...base, config, env: { FORECASTLAB_OUT: 'b' }, flags: { seed: '3' } })).toEqual({ seed: 3, out: '/here/b' });
  });

  it('takes @FILE in a list for a path, from where the value came', () => {
    const list = { symbols: option.list({ describe: 'Names.' }) };
    const file = { path: '/market/forecastlab.config.json', shared: { symbols: ['A', '@b.txt', '@/c.txt'] }, commands: {} };
    expect(mergeOptions('x', list, { ...base, config: file })).toEqual({ symbols: ['A', '@/market/b.txt', '@/c.txt'] });
    expect(mergeOptions('x', list, { ...base, config: file, env: { FORECASTLAB_SYMBOLS: '@d.txt,E' } })).toEqual({ symbols: ['@d.txt', 'E'] });
    expect(mergeOptions('x', list, { ...base, config: file, flags: { symbols: '@f.txt,@' } })).toEqual({ symbols: ['@f.txt', '@'] });
  });

  it('leaves the sections of other commands alone', () => {
    expect(() => mergeOptions('y', definitions, { ...base, section: 'train y', config })).toThrow('nothing knows the key "anything" in "commands"."train y"');
    expect(() => mergeOptions('x', definitions, { ...base, config })).not.toThrow();
  });

  it('gives a list the words that are left, as paths', () => {
    const files = { first: option.string({ describe: 'Word.' }), files: option.files({ describe: 'Files.' }) };
    expect(readPositionals('check', files, ['x', 'a,b.csv', '/c.csv'], '/here')).toEqual({ first: 'x', files: ['/here/a,b.csv', '/c.csv'] });
    expect(readPositionals('check', files, ['x'], '/here')).toEqual({ first: 'x', files: undefined });
    expect(() => readPositionals('check', files, ['x', 'a', ''], '/here')).toThrow('The argument FILES (option `files` of check) must be at least one file path. Got ["a",""].');
  });

  it('names an argument by its place in the help', () => {
    const file = { file: option.file({ describe: 'File.', required: true }) };
    expect(readPositionals('check', file, ['a.csv'], '/here')).toEqual({ file: '/here/a.csv' });
    expect(() => readPositionals('check', file, [''], '/here')).toThrow('The argument FILE (option `file` of check) must be a file path. Got "".');
  });
});
