import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { touchSurface } from './touch-surface.js';

const answer = (T: number, barrier: number, down: number, up: number) => ({ T, barrier, probabilities: [down, 1 - down - up, up] as const });

describe('touchSurface', () => {
  it('lays a grid out, shortest horizon and smallest barrier first', () => {
    const surface = touchSurface([answer(14, 0.08, 0.3, 0.3), answer(7, 0.08, 0.125, 0.25), answer(7, 0.06, 0.25, 0.25), answer(14, 0.06 + 1e-17, 0.4, 0.4)]);
    expect(surface).toMatchObject({ T: [7, 14], barrier: [0.06, 0.08], isFull: true });
    expect(surface.cells[0][1]).toEqual({ touch: 0.375, up: 0.25, down: 0.125 });
  });

  it('leaves holes where nobody asks, and takes the first of equals', () => {
    const { T, barrier, cells, isFull } = touchSurface([answer(7, 0.07, 0.1, 0.1), answer(14, 0.1, 0.2, 0.3), answer(14, 0.1, 0.4, 0.4)]);
    expect([T, barrier, isFull]).toEqual([[7, 14], [0.07, 0.1], false]);
    expect(cells).toEqual([[{ touch: 0.2, up: 0.1, down: 0.1 }, null], [null, { touch: 0.5, up: 0.3, down: 0.2 }]]);
    expect(touchSurface([])).toEqual({ T: [], barrier: [], cells: [], isFull: true });
  });

  it('has a cell for every different question', () => {
    const questions = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })), { selector: String });
    fc.assert(fc.property(questions, (asked) => {
      const { cells, T, barrier } = touchSurface(asked.map(([t, x]) => answer(t, x / 50, t / 20, x / 20)));
      expect(cells.flat().filter((cell) => cell !== null)).toHaveLength(asked.length);
      for (const [t, x] of asked) expect(cells[T.indexOf(t)][barrier.indexOf(x / 50)]).toMatchObject({ down: t / 20, up: x / 20 });
    }));
  });
});
