// A model of several markets: one model inside, which each market's class shares are given to as offsets. Its kind is that of the model inside.
import { z } from 'zod';
import { log } from '../../numeric/log.js';
import type { Classifier } from '../classifier.js';
import { corruptModel, featureNamesSchema, readModelDocument } from '../read-model-document.js';
import type { MarketsSummary } from './market-shares.js';

/**
 * `base` with the class shares of markets. With `hasOffsets` their logarithms are the offsets that `base` predicts with; without, the
 * shares are only on record. What it answers without forSymbol is for a market that it has not seen. Offsets given to predictProba are added.
 */
export function createMarketsClassifier(base: Classifier, markets: MarketsSummary, hasOffsets: boolean): Classifier {
  const sharesOf = new Map(markets.symbols.map(({ symbol, shares }) => [symbol, shares]));
  const answerFor = (shares: MarketsSummary['unseen']): Classifier => {
    const logs = shares.map(log);
    const inMarket = (model: Classifier): Pick<Classifier, 'predictProba' | 'createRowPredictor'> => ({
      predictProba: (features, offsets) => model.predictProba(features, hasOffsets ? Float64Array.from({ length: 3 * features.length }, (_, i) => logs[i % 3] + (offsets?.[i] ?? 0)) : offsets),
      // the row predictor of a model knows no offsets
      ...(hasOffsets || model.createRowPredictor === undefined ? {} : { createRowPredictor: model.createRowPredictor.bind(model) }),
    });
    return {
      ...plainParts(base),
      ...inMarket(base),
      markets,
      forSymbol: (symbol) => answerFor(sharesOf.get(symbol) ?? markets.unseen),
      ...(base.members && { members: base.members.map((member) => ({ ...member, model: { ...plainParts(member.model), ...inMarket(member.model) } })) }),
      serialize: () => ({
        kind: 'markets',
        version: 1,
        featureNames: [...base.featureNames],
        shareRows: markets.shareRows,
        symbols: markets.symbols.map((market) => ({ ...market, shares: [...market.shares] })),
        unseen: [...markets.unseen],
        hasOffsets,
        base: base.serialize(),
      }),
    };
  };
  return answerFor(markets.unseen);
}

/** All of a model that offsets do not change. */
function plainParts(model: Classifier): Omit<Classifier, 'predictProba'> {
  const { predictProba: _, createRowPredictor: __, ...rest } = model;
  return {
    ...rest,
    ...(model.explainRow && { explainRow: model.explainRow.bind(model) }),
    ...(model.explainRows && { explainRows: model.explainRows.bind(model) }),
    serialize: () => model.serialize(),
  };
}

/** Far more markets than any exchange has. */
const MOST_MARKETS = 10_000;

const shares = z.tuple([z.number(), z.number(), z.number()]).refine((values) => values.every((share) => share >= 1e-100) && Math.abs(values[0] + values[1] + values[2] - 1) <= 1e-9, 'shares must be above 0 and add up to 1');

const documentSchema = z.object({
  kind: z.literal('markets'),
  version: z.literal(1),
  featureNames: featureNamesSchema,
  shareRows: z.number().min(0).max(1e12),
  symbols: z
    .array(z.object({ symbol: z.string().min(1).max(100), rows: z.number().int().min(0), shares }))
    .min(1)
    .max(MOST_MARKETS)
    .refine((markets) => new Set(markets.map(({ symbol }) => symbol)).size === markets.length, 'symbols must be unique'),
  unseen: shares,
  hasOffsets: z.boolean(),
  base: z.looseObject({ kind: z.string() }),
});

/**
 * The model that a document of kind 'markets' holds; `restoreBase` restores the model inside, calibrated or not.
 * Throws CORRUPT with the reason, also for a model of markets inside of another.
 */
export function restoreMarkets(document: unknown, restoreBase: (document: unknown) => Classifier): Classifier {
  const { featureNames, base: stored, hasOffsets, symbols, unseen, shareRows } = readModelDocument('markets', documentSchema, document);
  if (stored.kind === 'markets') throw corruptModel('markets', '`base` must not be of several markets itself');
  const base = restoreBase(stored);
  if (base.featureNames.length !== featureNames.length || base.featureNames.some((name, i) => name !== featureNames[i])) {
    throw corruptModel('markets', '`featureNames` must be those of `base`');
  }
  return createMarketsClassifier(base, { symbols, unseen, shareRows }, hasOffsets);
}
