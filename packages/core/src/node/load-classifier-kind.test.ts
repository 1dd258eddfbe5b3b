import { expect, it } from 'vitest';
import { CLASSIFIERS, PRIOR } from '../index.js';
import type { ModelKind } from '../index.js';
import { loadClassifierKind, loadNeuralKind } from './load-classifier-kind.js';

const rows = { features: { names: ['x'], columns: [Float64Array.from({ length: 60 }, (_, row) => row % 3)], length: 60 }, labels: Int8Array.from({ length: 60 }, (_, row) => (row % 3) - 1), rows: Int32Array.from({ length: 60 }, (_, row) => row), spanEnd: Int32Array.from({ length: 60 }, (_, row) => row + 1) };

it.each(Object.keys(CLASSIFIERS) as ModelKind[])('%s can be fitted once it is loaded', async (name) => {
  const kind = await loadClassifierKind(name);
  expect(kind.kind).toBe(name);
  expect(kind.fit(rows, { seed: 1 }).kind).toBe(name);
});

it('gives a kind back, and refuses a name that is none', async () => {
  await expect(loadClassifierKind(PRIOR)).resolves.toBe(PRIOR);
  await expect(loadClassifierKind('forest' as ModelKind)).rejects.toMatchObject({ code: 'BAD_OPTION' });
});

it('says what to install', async () => {
  await expect(loadNeuralKind('gru', { importPackage: () => Promise.reject(new Error('no')) })).rejects.toMatchObject({ code: 'BAD_OPTION', hint: expect.stringContaining('npm install') });
});
