import { describe, expect, it } from 'vitest';
import { defineCommand } from './define-command.js';
import { option } from './option.js';
import { parseCommandLine } from './parse-command-line.js';

const search = defineCommand({
  path: ['search'],
  summary: 'Searches',
  positionals: { run: option.string({ describe: 'Run.', required: true }) },
  options: { T: option.list({ describe: 'Horizons.' }), purge: option.boolean({ describe: 'Purge.', default: true }) },
  run: async () => ({ json: null, text: '' }),
});
const list = defineCommand({ path: ['models', 'list'], summary: 'Lists', options: {}, run: async () => ({ json: null, text: '' }) });
const parse = (...argv: string[]): ReturnType<typeof parseCommandLine> => parseCommandLine({ name: 'p', version: '1', summary: 's', commands: [search, list] }, argv, { columns: 80 });

describe('parseCommandLine', () => {
  it('finds command, flags and arguments; globals stand before or after', () => {
    expect(parse('search', 'r1', '--T', '7', '--T=14', '--no-purge', '--json')).toMatchObject({ kind: 'command', command: search, flags: { T: '7,14', purge: false, json: true }, positionals: ['r1'] });
    expect(parse('--root', 'x', 'models', 'list')).toMatchObject({ command: list, flags: { root: 'x' } });
  });

  it('gives only what was given', () => {
    expect(parse('search', 'r1')).toMatchObject({ flags: {} });
    expect(Object.keys((parse('search', 'r1') as { flags: object }).flags)).toEqual([]);
  });

  it.each([[['search'], 'argument'], [['serch', 'x'], 'serch'], [['search', 'r', '--nope'], '--nope'], [['search', 'r', '--T'], 'argument missing'], [['models', 'list', 'x'], 'Expected 0 arguments but got 1.']])('refuses %j', (argv, word) => {
    expect(() => parse(...argv)).toThrow(word);
  });

  it.each([[['search', 'r', '--nope'], 'p search'], [['models', 'list', 'x'], 'p models list'], [['models', '--nope'], 'p models'], [['--nope'], 'p']])('points a wrong call at the nearest help: %j', (argv, command) => {
    expect(() => parse(...argv)).toThrow(expect.objectContaining({ hint: `See ${command} --help.` }));
  });

  it('takes any number of words for a list of arguments, which must be the last', () => {
    const check = defineCommand({ path: ['check'], summary: 'Checks', positionals: { file: option.files({ describe: 'Files.', required: true }) }, options: {}, run: async () => ({ json: null, text: '' }) });
    const parseCheck = (...argv: string[]): ReturnType<typeof parseCommandLine> => parseCommandLine({ name: 'p', version: '1', summary: 's', commands: [check] }, ['check', ...argv], { columns: 80 });
    expect(parseCheck('a', 'b', '--json', 'c')).toMatchObject({ positionals: ['a', 'b', 'c'], flags: { json: true } });
    expect(parseCheck('--help')).toMatchObject({ text: expect.stringContaining('<FILE...>') as string });
    expect(() => parseCheck()).toThrow('argument');
    const positionals = { files: option.files({ describe: '' }), word: option.string({ describe: '' }) };
    expect(() => defineCommand({ path: ['a'], summary: '', positionals, options: {}, run: async () => ({ json: null, text: '' }) })).toThrow('must be the last');
  });

  it('says what the negated flag does, where help shows that one', () => {
    const off = (purge: ReturnType<typeof option.boolean>): string => {
      const command = defineCommand({ path: ['x'], summary: '', options: { purge }, run: async () => ({ json: null, text: '' }) });
      return (parseCommandLine({ name: 'p', version: '1', summary: 's', commands: [command] }, ['x', '--help'], { columns: 80 }) as { text: string }).text.replace(/ +/g, ' ');
    };
    expect(off(option.boolean({ describe: 'Drop rows.', default: true, negated: 'Keep rows.' }))).toContain('--no-purge Keep rows.\n');
    expect(off(option.boolean({ describe: 'Drop rows.', default: true }))).toContain('--no-purge Not: Drop rows.\n');
    expect(off(option.boolean({ describe: 'Drop rows.', negated: 'Keep rows.' }))).toContain('--purge Drop rows.\n');
  });

  it('refuses option names that every command has', () => {
    expect(() => defineCommand({ path: ['a'], summary: '', options: { root: option.string({ describe: '' }) }, run: async () => ({ json: null, text: '' }) })).toThrow('root is taken');
  });
});
