import { expect, it } from 'vitest';
import { windowStarts } from './sequence-windows.js';

it('ends each window at its row, shorter where the table begins', () => {
  expect([...windowStarts(5, 3)]).toEqual([0, 0, 0, 1, 2]);
  expect([...windowStarts(3, 1)]).toEqual([0, 1, 2]);
});

it('begins anew behind a bar that is left out', () => {
  expect([...windowStarts(6, 3, [4, 5, 6, 9, 10, 11])]).toEqual([0, 0, 0, 3, 3, 3]);
});
