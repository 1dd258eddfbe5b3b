// What a run log writes, and where.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandContext } from '../command/index.js';
import { openRunLog } from './run-log.js';

let root = '';
let stderr = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forecastlab-log-'));
  stderr = '';
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function context(more: Partial<CommandContext> & { readonly isTTY?: boolean } = {}): CommandContext {
  return {
    root,
    store: root,
    cwd: root,
    config: {},
    env: { API_TOKEN: 'very-secret-value' },
    json: false,
    quiet: false,
    program: { name: 'p', version: '1' },
    nowMs: () => Date.UTC(2025, 0, 31, 0, 5),
    signal: new AbortController().signal,
    progress: { task: () => ({ advance() {}, set() {}, end() {} }) },
    stderr: { write: (text) => ((stderr += text), true), isTTY: more.isTTY ?? false },
    log: () => {},
    ...more,
  };
}

const lines = (job = 'predict'): unknown[] => readFileSync(join(root, 'outputs/logs', `${job}.jsonl`), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as unknown);

describe('a run log', () => {
  it('writes JSON lines with time, level, job, run and facts', async () => {
    const log = openRunLog(context(), { job: 'predict', runId: 'r1' });
    log.info('start', { symbols: ['BTCUSDT'] });
    log.warn('odd');
    log.error('failed with very-secret-value', { error: new Error('Bearer abcdefgh'), apiKey: 'x' });
    await log.close();
    expect(lines()).toEqual([
      { level: 'info', time: '2025-01-31T00:05:00.000Z', job: 'predict', run_id: 'r1', event: 'start', facts: { symbols: ['BTCUSDT'] } },
      { level: 'warn', time: '2025-01-31T00:05:00.000Z', job: 'predict', run_id: 'r1', event: 'odd', facts: {} },
      { level: 'error', time: '2025-01-31T00:05:00.000Z', job: 'predict', run_id: 'r1', event: 'failed with [redacted]', facts: { error: expect.objectContaining({ message: 'Bearer [redacted]' }), apiKey: '[redacted]' } },
    ]);
    expect(stderr).toBe('');
  });

  it('says a few words on a terminal, without escape sequences, nothing when quiet', () => {
    openRunLog(context({ isTTY: true }), { job: 'predict', runId: 'r1' }).warn('stale \u001b[31mdata', { symbol: 'BTCUSDT', rows: 3 });
    expect(stderr).toBe('! predict: stale  [31mdata, symbol BTCUSDT, rows 3\n');
    stderr = '';
    openRunLog(context({ isTTY: true, quiet: true }), { job: 'predict', runId: 'r1' }).warn('stale');
    expect(stderr).toBe('');
    expect(lines()).toHaveLength(2);
  });

  it.each([[{ store: 'gs://bucket/x' }, false], [{ env: { CLOUD_RUN_JOB: 'daily' } }, true], [{ config: { logs: { stderr: 'json' } } }, true]] as const)('gives collectors JSON on standard error with %j, quiet or not', (more, hasFile) => {
    openRunLog(context({ ...more, quiet: true }), { job: 'predict', runId: 'r1' }).warn('stale', { symbol: 'BTCUSDT' });
    expect(JSON.parse(stderr)).toEqual({ severity: 'WARNING', time: '2025-01-31T00:05:00.000Z', job: 'predict', run_id: 'r1', event: 'stale', facts: { symbol: 'BTCUSDT' }, message: 'predict: stale' });
    expect(existsSync(join(root, 'outputs'))).toBe(hasFile);
  });

  it('leaves out what is below the level', () => {
    const log = openRunLog(context({ config: { logs: { level: 'warn' } } }), { job: 'predict', runId: 'r1' });
    log.info('start');
    log.warn('odd');
    expect(lines()).toMatchObject([{ event: 'odd' }]);
  });

  it('that cannot be written is told once, quiet or not, and the run goes on', () => {
    writeFileSync(join(root, 'outputs'), 'in the way');
    for (const runId of ['r1', 'r2']) {
      const log = openRunLog(context({ quiet: true }), { job: 'predict', runId });
      log.info('start');
      log.error('end');
    }
    expect(stderr).toBe(`warning: The log ${join(root, 'outputs/logs/predict.jsonl')} cannot be written; the run goes on without it. ${join(root, 'outputs/logs/predict.jsonl')} cannot be used: a part of its path is a file, not a folder (ENOTDIR).\n`);
  });

  it('bounds huge facts, and puts full files aside', () => {
    const log = openRunLog(context({ config: { logs: { maxMegabytes: 0.01, keep: 2 } } }), { job: 'predict', runId: 'r1' });
    for (let i = 0; i < 20; i += 1) log.info('big', { x: 'x'.repeat(1e6), i });
    expect(lines().length).toBeLessThan(3);
  });

  it.each([{ logs: { keep: -1 } }, { logs: { level: 'loud' } }, { logs: { colour: 'red' } }, { logs: 5 }])('refuses the configuration %j, naming file and key', (config) => {
    expect(() => openRunLog(context({ config }), { job: 'predict', runId: 'r1' })).toThrow(expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringMatching(/^The key `logs.* of .*forecastlab\.config\.json is wrong/) }));
  });
});
