// The time that delivering may take is counted over all deliveries to a target.
import { expect, it } from 'vitest';
import { openTimeBudget } from './time-budget.js';

const untilAborted = (signal: AbortSignal): Promise<string> => new Promise((resolve) => (signal.aborted ? resolve('at once') : signal.addEventListener('abort', () => resolve('later'))));

it('ends work when the time of a target is used up, and what comes after at once; other targets have their own', async () => {
  const budget = openTimeBudget(new AbortController().signal, { budgetMs: 30 });
  expect(await budget.spend('a', untilAborted)).toBe('later');
  expect(await budget.spend('a', untilAborted)).toBe('at once');
  expect(await budget.spend('b', untilAborted)).toBe('later');
  expect(await budget.spend('c', () => Promise.resolve('done'))).toBe('done');
});
