// The fixed split of golden/quality_anchors.json: flow features of BTCUSDT, forward T14_X8 labels, upswing wins.
import { readFileSync } from 'node:fs';
import type { TrainingData } from '@forecastlab/core';
import { readCsvRows, sharedPath } from './shared.js';

/** The 20 flow features in the reference order. */
export function flowFeatureNames(): string[] {
  return (JSON.parse(readFileSync(sharedPath('golden/quality_anchors.json'), 'utf8')) as { features: string[] }).features;
}

/** The predecessor's labelled frame for one label column of labels.csv.gz: rows with features and a defined label. */
export function labelledFrame(labelColumn: string): TrainingData & { openTimeMs: Float64Array; close: Float64Array } {
  const names = flowFeatureNames();
  const labelOf = new Map(readCsvRows(sharedPath('golden/labels.csv.gz')).map((row) => [row.open_time_ms, row[labelColumn]]));
  const rows = readCsvRows(sharedPath('golden/features_flow_legacy.csv.gz')).filter((row) => (labelOf.get(row.open_time_ms) ?? '') !== '');
  return {
    features: { names, columns: names.map((name) => Float64Array.from(rows, (row) => Number(row[name]))), length: rows.length },
    labels: Int8Array.from(rows, (row) => Number(labelOf.get(row.open_time_ms))),
    openTimeMs: Float64Array.from(rows, (row) => Number(row.open_time_ms)),
    close: Float64Array.from(rows, (row) => Number(row.close)),
  };
}

export interface FixedSplit {
  readonly train: TrainingData;
  readonly test: TrainingData;
}

/** Train rows 0 to 2263, test rows 2278 to 2847 of the labelled frame. */
export function fixedSplit(): FixedSplit {
  const frame = labelledFrame('upwins_T14_X8');
  const part = (from: number, to: number): TrainingData => ({
    features: { names: frame.features.names, columns: frame.features.columns.map((column) => column.slice(from, to)), length: to - from },
    labels: frame.labels.slice(from, to),
  });
  return { train: part(0, 2264), test: part(2278, 2848) };
}
