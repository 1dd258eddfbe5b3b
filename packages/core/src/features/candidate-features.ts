// Feature tables of several questions over the same bars: what does not depend on the question is computed once and shared.
import type { Klines } from '../klines/klines.js';
import type { Candidate } from '../labels/candidate.js';
import { computeFeatures } from './compute-features.js';
import type { FeatureDefinition } from './feature-definition.js';
import { type FeatureSelection, resolveFeatures } from './feature-registry.js';
import type { FeatureTable } from './feature-table.js';

export interface CandidateFeatures {
  /** The features that are the same for every candidate. */
  readonly shared: FeatureTable;
  /** [candidates] all features in the order of the selection; the very table `shared` where no feature depends on the candidate. */
  readonly tables: readonly FeatureTable[];
}

/** True when some feature of the selection has another value for every candidate. Throws BAD_OPTION for an unknown feature. */
export function dependsOnCandidate(selection: FeatureSelection): boolean {
  return resolveFeatures(selection).some(({ needs }) => needs === 'candidate');
}

/** True when some feature of the selection needs the bars of a leading market. Throws BAD_OPTION for an unknown feature. */
export function needsLeader(selection: FeatureSelection): boolean {
  return resolveFeatures(selection).some(({ needs }) => needs === 'leader');
}

/**
 * The features of every bar for each candidate.
 * @param klines closed bars, oldest first
 * @throws BAD_OPTION, BAD_DATA as computeFeatures does
 */
export function computeCandidateFeatures(
  klines: Klines,
  selection: FeatureSelection,
  candidates: readonly Candidate[],
  {
    leader,
  }: {
    /** Bars of the leading market, for features that need them. Default: none, and such features are missing. */
    readonly leader?: Klines | undefined;
  } = {},
): CandidateFeatures {
  const definitions = resolveFeatures(selection);
  const isBound = ({ needs }: FeatureDefinition): boolean => needs === 'candidate';
  const empty: FeatureTable = { names: [], columns: [], length: klines.openTimeMs.length, openTimeMs: klines.openTimeMs };
  const tableOf = (selected: readonly FeatureDefinition[], candidate?: Candidate): FeatureTable => (selected.length === 0 ? empty : computeFeatures(klines, selected, { candidate, leader }));
  const shared = tableOf(definitions.filter((definition) => !isBound(definition)));
  const bound = definitions.filter(isBound);
  if (bound.length === 0) return { shared, tables: candidates.map(() => shared) };
  const names = definitions.map(({ name }) => name);
  const tables = candidates.map((candidate): FeatureTable => {
    const own = tableOf(bound, candidate);
    const columnOf = ({ name }: FeatureDefinition): Float64Array => (own.names.includes(name) ? own.columns[own.names.indexOf(name)] : shared.columns[shared.names.indexOf(name)]);
    return { ...shared, names, columns: definitions.map(columnOf) };
  });
  return { shared, tables };
}
