import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ForecastLabError } from '../../errors.js';
import { defineCommand } from './define-command.js';
import { option } from './option.js';
import { runProgram } from './run-program.js';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forecastlab-command-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const echo = defineCommand({
  path: ['data', 'echo'],
  summary: 'Gives its options back',
  examples: ['data echo --seed 7'],
  positionals: { file: option.file({ describe: 'A file.' }) },
  options: {
    seed: option.integer({ describe: 'Seed.', default: 42, min: 0, max: 100 }),
    classWeights: option.choice(['none', 'balanced'], { describe: 'Weights.', default: 'none' }),
    purge: option.boolean({ describe: 'Purge.', default: true }),
    candidates: option.list({ describe: 'Questions.' }),
    out: option.file({ describe: 'A file.' }),
  },
  run: async (options, context) => {
    context.log('working');
    const task = context.progress.task('Echoing', 1);
    task.advance();
    task.end();
    const seed: number = options.seed;
    return { json: { ...options, store: context.store }, text: `seed ${seed}` };
  },
});

const fail = defineCommand({
  path: ['fail'],
  summary: 'Fails',
  options: { code: option.string({ describe: 'Error code.', required: true }) },
  run: async (options, context) => {
    if (options.code === 'abort') context.signal.throwIfAborted();
    if (options.code === 'part') return { json: {}, text: 'one failed', exitCode: 3 };
    if (options.code === 'bug') throw new RangeError('oops');
    throw new ForecastLabError(options.code as 'FAILED', 'It went wrong.', { hint: 'Do it right.', details: { row: 3, size: 5n } });
  },
});

async function call(argv: readonly string[], env: Record<string, string> = {}, more: { signal?: AbortSignal; isTTY?: boolean } = {}): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await runProgram({
    name: 'forecastlab-test',
    version: '1.2.3',
    summary: 'A program.',
    groups: { data: 'Market data' },
    commands: [echo, fail],
    argv,
    env,
    cwd: root,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    nowMs: () => 0,
    ...(more.signal === undefined ? {} : { signal: more.signal }),
  });
  return { code, out, err };
}

const config = (content: unknown): void => writeFileSync(join(root, 'forecastlab.config.json'), typeof content === 'string' ? content : JSON.stringify(content));
const echoed = async (argv: readonly string[], env: Record<string, string> = {}): Promise<Record<string, unknown>> => JSON.parse((await call(['data', 'echo', '--json', ...argv], env)).out);

describe('option merging', () => {
  it('takes defaults, file, section, variable and flag, each over the one before', async () => {
    expect(await echoed([])).toMatchObject({ seed: 42, classWeights: 'none', purge: true, store: root });
    config({ seed: 1, classWeights: 'balanced' });
    expect(await echoed([])).toMatchObject({ seed: 1, classWeights: 'balanced' });
    config({ seed: 1, commands: { 'test data echo': { seed: 2 } } });
    expect((await echoed([])).seed).toBe(2);
    expect((await echoed([], { FORECASTLAB_SEED: '3' })).seed).toBe(3);
    expect((await echoed(['--seed', '4'], { FORECASTLAB_SEED: '3' })).seed).toBe(4);
  });

  it('reads booleans and lists from every origin', async () => {
    expect(await echoed(['--no-purge', '--candidates', 'a,b', '--candidates', 'c'])).toMatchObject({ purge: false, candidates: ['a', 'b', 'c'] });
    expect(await echoed([], { FORECASTLAB_PURGE: 'off', FORECASTLAB_CANDIDATES: 'a, b' })).toMatchObject({ purge: false, candidates: ['a', 'b'] });
    config({ purge: false, candidates: ['x'] });
    expect(await echoed([])).toMatchObject({ purge: false, candidates: ['x'] });
    expect((await echoed(['--purge'])).purge).toBe(true);
  });

  it('puts relative files at the current folder, in the file at the root', async () => {
    config({ out: 'from-file.csv' });
    expect((await echoed(['--root', 'elsewhere', '--out', 'a.csv', 'b.csv'])).out).toBe(join(root, 'a.csv'));
    expect(await echoed(['b.csv'])).toMatchObject({ out: join(root, 'from-file.csv'), file: join(root, 'b.csv') });
    expect((await echoed(['--store', 'gs://bucket/x'])).store).toBe('gs://bucket/x');
  });

  it.each([
    [['--seed', 'x'], {}, {}, 'The --seed flag (option `seed` of data echo) must be an integer from 0 to 100. Got "x".'],
    [['--class-weights', 'some'], {}, {}, 'must be one of none, balanced. Got "some".'],
    [[], { FORECASTLAB_SEED: '101' }, {}, 'The variable FORECASTLAB_SEED'],
    [[], {}, { seed: true }, 'The key "seed" of'],
    [[], {}, { commands: { 'test data echo': { sed: 1 } } }, 'the key "sed" in "commands"."test data echo"'],
    [[], {}, { sede: 1 }, 'nothing knows the key "sede"'],
    [[], {}, '{', 'is not JSON'],
    [[], {}, '[]', 'must be an object'],
  ])('names the origin of a bad value: %j %j %j', async (argv, env, content, message) => {
    config(content);
    const { code, err } = await call(['data', 'echo', ...argv], env as Record<string, string>);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  it('says how to give what is missing', async () => {
    expect((await call(['fail'])).err).toBe('error: The `code` option of fail must be given.\nhint: Give --code, set FORECASTLAB_CODE, or put "code" into forecastlab.config.json.\n');
  });
});

describe('exit codes and output', () => {
  it.each([
    ['BAD_OPTION', 2], ['BAD_FILE', 2], ['BAD_DATA', 1], ['CONFLICT', 1], ['CORRUPT', 1], ['TEMPORARY', 75], ['INTERRUPTED', 130], ['FAILED', 1], ['bug', 1], ['part', 3],
  ])('%s ends with %i', async (code, exit) => {
    expect((await call(['fail', '--code', code])).code).toBe(exit);
  });

  it('prints one JSON document and nothing else, for results and errors', async () => {
    const good = await call(['--json', 'data', 'echo', '--seed', '5']);
    expect(JSON.parse(good.out)).toMatchObject({ seed: 5 });
    expect(good.err).toContain('working');
    const bad = await call(['fail', '--code', 'FAILED'], { FORECASTLAB_JSON: '1' });
    expect(JSON.parse(bad.out)).toEqual({ error: { code: 'FAILED', message: 'It went wrong.', hint: 'Do it right.', details: { row: 3, size: '5' } } });
    expect(JSON.parse((await call(['data', 'ehco', '--json'])).out)).toMatchObject({ error: { code: 'BAD_OPTION' } });
  });

  it('is silent on standard error with --quiet', async () => {
    expect(await call(['data', 'echo', '--quiet'])).toEqual({ code: 0, out: 'seed 42\n', err: '' });
    expect((await call(['data', 'echo'])).err).toBe('working\nEchoing: 1/1 steps in 0.0 s\n');
  });

  it('warns of a variable that nothing reads, and works all the same', async () => {
    expect(await call(['data', 'echo'], { FORECASTLAB_SEDE: '7' })).toMatchObject({ code: 0, out: 'seed 42\n', err: expect.stringMatching(/^warning: the variable FORECASTLAB_SEDE means nothing to any command; did you mean FORECASTLAB_SEED\?\n/) as string });
    expect((await call(['data', 'echo', '--quiet'], { FORECASTLAB_SEDE: '7' })).err).toBe('');
  });

  it('shows the stack only when asked', async () => {
    expect((await call(['fail', '--code', 'bug'])).err).not.toContain('at ');
    expect((await call(['fail', '--code', 'bug'], { FORECASTLAB_DEBUG: '1' })).err).toContain('run-program.test');
  });

  it('suggests near flags and commands', async () => {
    expect(await call(['data', 'echo', '--sed', '1'])).toMatchObject({ code: 2, err: "error: Unknown option '--sed'.\nhint: Did you mean --seed?\n" });
    expect(await call(['data', 'ecko'])).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean echo?') });
    expect((await call(['data', 'echo', 'a', 'b'])).code).toBe(2);
  });

  it('helps: on request with 0, without a command with 2', async () => {
    const help = await call(['data', 'echo', '--help']);
    expect(help).toMatchObject({ code: 0, err: '' });
    for (const part of ['--class-weights <none|balanced>', '(default: 42)', '--no-purge', '--root <DIR>', '$ forecastlab-test data echo --seed 7']) expect(help.out).toContain(part);
    expect(await call(['--version'])).toEqual({ code: 0, out: '1.2.3\n', err: '' });
    for (const argv of [[], ['data']]) {
      const none = await call(argv);
      expect(none.code).toBe(2);
      expect(none.out).toBe('');
      expect(none.err).toContain('Usage: forecastlab-test');
    }
  });

  it('ends an aborted call with the code of its signal', async () => {
    const stop = new AbortController();
    stop.abort(new ForecastLabError('INTERRUPTED', 'Stopped by SIGTERM.', { details: { signal: 'SIGTERM' } }));
    expect(await call(['fail', '--code', 'abort'], {}, { signal: stop.signal })).toMatchObject({ code: 143, err: 'error: Stopped by SIGTERM.\n' });
  });
});
