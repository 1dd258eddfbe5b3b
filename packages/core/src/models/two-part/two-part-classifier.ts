// Two questions in a row: is the barrier touched, and which side, given a touch. What the two parts say is put together here.
import type { FeatureMatrix } from '../../features/feature-table.js';
import { sigmoid } from '../../numeric/sigmoid.js';
import { checkExplainedRow } from '../check-explained-row.js';
import { CLASSES, type Classifier } from '../classifier.js';
import { matchColumns } from '../match-columns.js';
import { checkOffsets, MOST_OFFSET } from '../offsets.js';
import { oddsOf, oddsToOffsets, sideOdds, touchOdds } from './part-odds.js';

/** A part: what it says of every row, and the model that says more. */
export interface Part {
  /** Log-odds of +1 from the share of +1 alone, on top of offsets. */
  readonly constant: number;
  /** Null where the training rows had one class only. */
  readonly model: Classifier | null;
}

export interface TwoPartFields {
  readonly featureNames: readonly string[];
  readonly hasOffsets: boolean;
  /** Feature that is the side's log-odds. */
  readonly sideOdds: string | null;
  readonly sideWeight: number;
  /** 0 or +1: class indexes 1 and 2. */
  readonly touch: Part;
  /** -1 or +1: class indexes 0 and 2. */
  readonly side: Part;
}

/** Log-odds [rows] of one part: its constant's, drawn towards its model's by `weight`. */
function partOdds({ constant, model }: Part, features: FeatureMatrix, given: Float64Array | undefined, { below, weight }: { readonly below: 0 | 1; readonly weight: number }): Float64Array {
  const base = Float64Array.from({ length: features.length }, (_, row) => constant + (given?.[row] ?? 0));
  if (model === null) return base;
  const odds = oddsOf(model.predictProba(features, given && oddsToOffsets(given, below)), 2, below);
  return weight === 1 ? odds : odds.map((value, row) => base[row] + weight * (value - base[row]));
}

/** Log-odds [rows] of up given a touch that are known beforehand: from offsets, from the feature that holds them, or from both. */
export function knownSideOdds(features: FeatureMatrix, offsets: Float64Array | undefined, feature: string | null): Float64Array | undefined {
  if (feature === null) return offsets && sideOdds(offsets);
  const [column] = matchColumns(features, [feature]);
  const known = offsets === undefined ? new Float64Array(features.length) : sideOdds(offsets);
  return known.map((odds, row) => odds + finiteOdds(column[row]));
}

/** A missing value says nothing. */
function finiteOdds(value: number): number {
  return Number.isNaN(value) ? 0 : Math.max(-MOST_OFFSET, Math.min(MOST_OFFSET, value));
}

/** The classifier that these parts make. */
export function createTwoPartClassifier(fields: TwoPartFields): Classifier {
  const { featureNames, hasOffsets, sideWeight, touch, side } = fields;
  const models = [touch.model, side.model].filter((model) => model !== null);
  const contextRows = Math.max(0, ...models.map((model) => model.contextRows ?? 0));
  const isSilent = (model: Classifier | null): boolean => model === null || model.kind === 'prior';
  const canExplain = models.every((model) => isSilent(model) || model.explainRows !== undefined) && (fields.sideOdds !== null || models.some((model) => !isSilent(model)));

  const explainAll = (features: FeatureMatrix): Float64Array => {
    matchColumns(features, featureNames);
    const [ofTouch, ofSide] = [touch.model, side.model].map((model) => (isSilent(model) ? undefined : model?.explainRows?.(features)));
    const odds = fields.sideOdds === null ? undefined : matchColumns(features, [fields.sideOdds])[0];
    const contributions = new Float64Array(3 * featureNames.length * features.length);
    for (let at = 0; at < contributions.length; at += 3) {
      const touched = ofTouch === undefined ? 0 : ofTouch[at + 2] - ofTouch[at + 1];
      let up = ofSide === undefined ? 0 : sideWeight * (ofSide[at + 2] - ofSide[at]);
      const feature = (at / 3) % featureNames.length;
      if (odds !== undefined && featureNames[feature] === fields.sideOdds) up += finiteOdds(odds[Math.floor(at / (3 * featureNames.length))]);
      contributions[at] = touched - up;
      contributions[at + 1] = -touched;
      contributions[at + 2] = touched + up;
    }
    return contributions;
  };

  return {
    kind: 'two-part',
    featureNames,
    ...(contextRows === 0 ? {} : { contextRows }),
    predictProba(features, offsets) {
      matchColumns(features, featureNames);
      // three offsets of 0 are odds of 2 to 1 for a touch, which leaving them out must be too
      const own = hasOffsets ? (offsets ?? new Float64Array(3 * features.length)) : undefined;
      if (own !== undefined) checkOffsets('predictProba', own, features.length);
      const touched = partOdds(touch, features, own && touchOdds(own), { below: 1, weight: 1 });
      const up = partOdds(side, features, knownSideOdds(features, own, fields.sideOdds), { below: 0, weight: sideWeight });
      return Float64Array.from({ length: 3 * features.length }, (_, i) => {
        const row = Math.floor(i / 3);
        if (i % 3 === 1) return sigmoid(-touched[row]);
        return sigmoid(touched[row]) * sigmoid(i % 3 === 2 ? up[row] : -up[row]);
      });
    },
    ...(canExplain && {
      explainRow(features: FeatureMatrix, row: number, classIndex: number): Float64Array {
        checkExplainedRow(features, row, classIndex);
        const one = { names: features.names, columns: features.columns.map((column) => column.subarray(row, row + 1)), length: 1 };
        return explainAll(one).filter((_, i) => i % CLASSES.length === classIndex);
      },
      explainRows: explainAll,
    }),
    serialize: () => ({
      kind: 'two-part',
      version: 1,
      featureNames: [...featureNames],
      hasOffsets,
      sideOdds: fields.sideOdds,
      sideWeight,
      touch: { constant: touch.constant, model: touch.model?.serialize() ?? null },
      side: { constant: side.constant, model: side.model?.serialize() ?? null },
    }),
  };
}
