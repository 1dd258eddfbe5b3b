import { describe, expect, it } from 'vitest';
import { createWeightBudget } from './weight-budget.js';

const MINUTE = 60_000;
const start = Date.UTC(2026, 0, 1) + 500;

function budgetAt(nowMs: number): { budget: ReturnType<typeof createWeightBudget>; set: (ms: number) => void } {
  let time = nowMs;
  return { budget: createWeightBudget({ nowMs: () => time }), set: (ms) => (time = ms) };
}

describe('createWeightBudget', () => {
  it('has a little to begin with, and nine tenths of the limit once it is known', () => {
    const { budget } = budgetAt(start + 10_000);
    expect(budget.limit()).toBeNull();
    budget.spend(268).settle();
    expect(budget.waitMs(2)).toBe(0);
    expect(budget.waitMs(3)).toBe(50_000);
    budget.learn(6000);
    expect(budget.limit()).toBe(6000);
    expect(budget.waitMs(5400 - 268)).toBe(0);
    expect(budget.waitMs(5400 - 267)).toBe(50_000);
  });

  it('begins anew half a second into each minute of the exchange', () => {
    const { budget, set } = budgetAt(start);
    budget.learn(100);
    budget.spend(90).settle();
    set(start + MINUTE - 1);
    expect(budget.waitMs(1)).toBe(1);
    set(start + MINUTE);
    expect(budget.waitMs(90)).toBe(0);
  });

  it('hears of the use of others, those under way on top', () => {
    const { budget } = budgetAt(start);
    budget.learn(1000);
    const first = budget.spend(2);
    const second = budget.spend(2);
    first.settle(800);
    expect(budget.waitMs(98)).toBe(0);
    expect(budget.waitMs(99)).toBeGreaterThan(0);
    second.settle(801); // less than was thought: the answers came in another order
    expect(budget.waitMs(99)).toBeGreaterThan(0);
  });

  it('does not believe an answer from across the full minute', () => {
    const { budget, set } = budgetAt(start + MINUTE - 1);
    budget.learn(1000);
    const late = budget.spend(2);
    set(start + MINUTE);
    late.settle(5000);
    expect(budget.waitMs(800)).toBe(0);
  });

  it('counts what went around the full minute into either', () => {
    const { budget, set } = budgetAt(start + MINUTE - 501); // the full minute, by a clock that may be half a second off
    budget.learn(100);
    budget.spend(60).settle();
    set(start + MINUTE);
    expect(budget.waitMs(30)).toBe(0);
    expect(budget.waitMs(31)).toBe(MINUTE);
    set(start + 2 * MINUTE);
    expect(budget.waitMs(90)).toBe(0);
  });

  it('counts what is under way into the new minute', () => {
    const { budget, set } = budgetAt(start);
    budget.learn(100);
    budget.spend(50);
    set(start + MINUTE);
    expect(budget.waitMs(40)).toBe(0);
    expect(budget.waitMs(41)).toBeGreaterThan(0);
  });

  it('lets the first request of a minute go, however small the limit', () => {
    const { budget } = budgetAt(start);
    budget.learn(10);
    expect(budget.waitMs(20)).toBe(0);
  });

  it('keeps its count when the clock is set back', () => {
    const { budget, set } = budgetAt(start + 5 * MINUTE);
    budget.learn(100);
    budget.spend(90).settle();
    set(start);
    expect(budget.waitMs(1)).toBe(MINUTE);
  });
});
