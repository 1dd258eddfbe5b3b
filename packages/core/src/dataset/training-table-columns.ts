// The columns of a training table as files have them; CSV and Parquet are written from the same list.
import type { TrainingTable } from './training-table.js';

/** One named column of a table file. */
export interface TableColumn {
  readonly name: string;
  /** [rows]; NaN is undefined. */
  readonly values: Float64Array;
  /** True for whole numbers (times, labels). */
  readonly isInteger: boolean;
}

/** `open_time_ms`, each feature, then per candidate the features that depend on it, `<feature>_<c>`, of a candidate such as `T14_V1.5` its `barrier_<c>`, and `label_<c>`, `upswing_<c>` and `drawdown_<c>`; views, nothing is copied. */
export function trainingTableColumns(table: TrainingTable): TableColumn[] {
  const real = (name: string, values: Float64Array): TableColumn => ({ name, values, isInteger: false });
  return [
    { name: 'open_time_ms', values: table.openTimeMs, isInteger: true },
    ...table.features.names.map((name, i) => real(name, table.features.columns[i])),
    ...table.labels.flatMap(({ candidate, label, barrier, upswing, drawdown }, place) => [
      ...(candidate.V === undefined ? [] : [real(`barrier_${candidate.name}`, barrier)]),
      ...boundColumns(table, place).map(([name, values]) => real(`${name}_${candidate.name}`, values)),
      { name: `label_${candidate.name}`, values: label, isInteger: true },
      real(`upswing_${candidate.name}`, upswing),
      real(`drawdown_${candidate.name}`, drawdown),
    ]),
  ];
}

/** The features of a candidate that other candidates do not share. */
function boundColumns({ features, candidateFeatures }: TrainingTable, place: number): (readonly [string, Float64Array])[] {
  const { names, columns } = candidateFeatures[place];
  return names.flatMap((name, i) => (features.names.includes(name) ? [] : [[name, columns[i]] as const]));
}
