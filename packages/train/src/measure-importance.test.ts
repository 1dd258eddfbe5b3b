import { generateSampleMarket, parseCandidate } from '@forecastlab/core';
import { describe, expect, it, vi } from 'vitest';
import { type ImportanceRequest, measureImportance } from './measure-importance.js';

const klines = generateSampleMarket({ seed: 3, startMs: Date.UTC(2018, 0, 1), endMs: Date.UTC(2020, 0, 1) });
const ask = (more: Partial<ImportanceRequest> = {}) =>
  measureImportance({ market: { klines, isSynthetic: false }, candidate: parseCandidate('T7_X6'), featureSet: 'baseline', modelKind: 'logistic', repeats: 1, seed: 1, ...more });

describe('measureImportance', () => {
  it('measures each feature, or those that hang together', async () => {
    const alone = await ask();
    expect(alone.features.map(({ name }) => name).sort()).toEqual(['ma21', 'ma7', 'macd_hist', 'ret1', 'rsi_14', 'vol21']);
    const grouped = await ask({ groupCorrelated: 0.8 });
    expect(grouped.features.map(({ features }) => features)).toContainEqual(['ma7', 'ma21']);
    expect(grouped.meanLoss).toBe(alone.meanLoss);
  });

  it('keeps early stopping away from labels that reach into its validation rows', async () => {
    const stopping = { modelKind: 'gbdt', params: { numIterations: 5, earlyStoppingRound: 2 } } as const;
    expect((await ask(stopping)).meanLoss).toBe((await ask({ ...stopping, params: { ...stopping.params, validationGap: 7 } })).meanLoss);
    // without the gap, the bars that labels reach tell the same
    expect((await ask(stopping)).meanLoss).toBe((await ask({ ...stopping, params: { ...stopping.params, validationGap: 0 } })).meanLoss);
    expect((await ask(stopping)).meanLoss).not.toBe((await ask({ ...stopping, params: { ...stopping.params, validationGap: 60 } })).meanLoss);
  });

  it('says what is odd, the gravest first', async () => {
    const { cautions } = await ask({ market: { klines, isSynthetic: true }, labelOptions: { window: 'trailing' }, modelKind: 'prior' });
    expect(cautions.map((sentence) => sentence.split(' ').slice(0, 2).join(' '))).toEqual(['Synthetic prices:', 'Trailing labels', 'The model']);
    const { verdict } = (await ask()).evaluation;
    expect((await ask()).cautions.some((sentence) => sentence.startsWith('The model has no'))).toBe(!verdict.hasSkill);
  });

  it('tells its progress, and ends it when stopped', async () => {
    const [set, end] = [vi.fn<(done: number) => void>(), vi.fn<() => void>()];
    const progress = { task: () => ({ set, end }) } as unknown as NonNullable<ImportanceRequest['progress']>;
    await ask({ progress });
    expect(set).toHaveBeenLastCalledWith(8);
    await expect(ask({ progress, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(end).toHaveBeenCalledTimes(2);
  });
});
