import { expect, it, vi } from 'vitest';
import { refitOnAllRows } from './refit-on-all-rows.js';

const params = { dropout: 0, learningRate: 0.1, weightDecay: 0, batchSize: 8, epochs: 50, patience: 4, validationFraction: 0.1, validationGap: 2, refit: true };
const model = (bestEpoch: number) => ({ name: `best ${bestEpoch}`, training: { backend: 'cpu', epochs: bestEpoch + 4, bestEpoch } });
type Fit = (given: typeof params, onIteration?: (done: number, total: number) => void) => ReturnType<typeof model>;

it('trains on all rows for as many epochs as were best', () => {
  const heard: (readonly [number, number])[] = [];
  const fit = vi.fn<Fit>((given, onIteration) => {
    onIteration?.(1, given.epochs);
    return model(given.patience === 0 ? given.epochs : 7);
  });
  expect(refitOnAllRows(params, { onIteration: (done, total) => heard.push([done, total]) }, fit)).toEqual({ name: 'best 7', training: { backend: 'cpu', epochs: 11, bestEpoch: 7 } });
  expect(fit.mock.calls.map(([given]) => [given.patience, given.epochs])).toEqual([[4, 50], [0, 7]]);
  expect(heard).toEqual([[1, 50], [11, 50]]);
});

it('keeps the first fit when asked, or when nothing was kept back', () => {
  for (const given of [{ ...params, refit: false }, { ...params, patience: 0 }]) {
    const fit = vi.fn<Fit>(() => model(3));
    expect(refitOnAllRows(given, {}, fit)).toEqual(model(3));
    expect(fit).toHaveBeenCalledTimes(1);
  }
});
