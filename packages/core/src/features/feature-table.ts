// Numeric tables as columns: what models are fitted on and predict from.

/** Named columns of equal length. NaN means missing; models handle it. */
export interface FeatureMatrix {
  readonly names: readonly string[];
  /** One array per name, [rows] each. */
  readonly columns: readonly Float64Array[];
  readonly length: number;
}

/** A feature matrix whose rows are bars. Rows are joined on `openTimeMs`, never on position. */
export interface FeatureTable extends FeatureMatrix {
  readonly openTimeMs: Float64Array;
}
