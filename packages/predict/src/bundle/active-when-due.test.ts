import type { Promotion } from '@forecastlab/core/node';
import { describe, expect, it } from 'vitest';
import { activeWhenDue, everActive } from './active-when-due.js';

const entry = (day: number, action: Promotion['action'], from: string | null, to: string): Promotion => ({ when: `2025-01-0${day}T00:07:00.000Z`, action, from, to, why: 'test' });
const HISTORY = [entry(1, 'activate', null, 'a'), entry(2, 'decline', 'a', 'x'), entry(3, 'activate', 'a', 'b'), entry(5, 'activate', 'b', 'c'), entry(7, 'rollback', 'c', 'b')];
const at = (time: string): readonly string[] => activeWhenDue(HISTORY, Date.parse(time));

describe('activeWhenDue', () => {
  it('gives the bundle of that moment, then those before it', () => {
    expect(at('2025-01-01T00:06:59Z')).toEqual([]);
    expect(at('2025-01-01T00:07:00Z')).toEqual(['a']);
    expect(at('2025-01-02T12:00:00Z')).toEqual(['a']);
    expect(at('2025-01-05T00:00:00Z')).toEqual(['b', 'a']);
    expect(at('2025-01-06T00:00:00Z')).toEqual(['c', 'b', 'a']);
    expect(at('2025-01-08T00:00:00Z')).toEqual(['b', 'a']);
  });

  it('believes a history that begins late', () => {
    expect(activeWhenDue([entry(3, 'activate', 'a', 'b')], Date.parse('2025-02-01'))).toEqual(['b', 'a']);
  });
});

it('everActive names each bundle once, in the order of its first day', () => {
  expect(everActive([...HISTORY, entry(8, 'activate', 'b', 'a')])).toEqual(['a', 'b', 'c']);
});
