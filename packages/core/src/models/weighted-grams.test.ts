import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRandom } from '../numeric/random.js';
import { weightedGrams } from './weighted-grams.js';

it('gives the sums of weight × a × b, symmetric, whatever the numbers of rows and columns', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 7 }), fc.nat(), (rows, width, seed) => {
      const random = createRandom(seed);
      const columns = Array.from({ length: width }, () => Float64Array.from({ length: rows }, () => random.normal()));
      const weights = [0, 1].map(() => Float64Array.from({ length: rows }, () => random.next()));
      const grams = weightedGrams(columns, weights);
      weights.forEach((weight, i) => {
        for (let a = 0; a < width; a += 1) {
          for (let b = 0; b < width; b += 1) {
            const sum = weight.reduce((total, value, row) => total + value * columns[a][row] * columns[b][row], 0);
            expect(Math.abs(grams[i][a * width + b] - sum)).toBeLessThan(1e-11);
            expect(grams[i][a * width + b]).toBe(grams[i][b * width + a]);
          }
        }
      });
    }),
    { numRuns: 60 },
  );
});
