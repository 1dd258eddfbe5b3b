import { describe, expect, it } from 'vitest';
import { readRetryAfterMs } from './retry-after.js';

const nowMs = Date.UTC(2026, 0, 1);

describe('readRetryAfterMs', () => {
  it.each([
    ['0', 0],
    [' 120 ', 120_000],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    ['Wed, 31 Dec 2025 23:00:00 GMT', 0],
    ['Thu, 99 Foo 2026 00:01:00 GMT', undefined],
    ['2026-01-01 00:01:00', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j', (header, waitMs) => {
    expect(readRetryAfterMs(header, { nowMs })).toBe(waitMs);
  });
});
