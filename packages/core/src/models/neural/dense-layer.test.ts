import { expect, it } from 'vitest';
import { applyDense } from './dense-layer.js';

it('multiplies row by row and adds the bias', () => {
  const layer = { kernel: Float32Array.of(1, 2, 3, 4, 5, 6), bias: Float32Array.of(10, 20) };
  expect([...applyDense(layer, [1, 0, 0, 1, 1, 1], 2)]).toEqual([11, 22, 19, 32]);
});
