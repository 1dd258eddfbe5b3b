// The name of a bundle: also the name of its folder, hence letters, digits, _ and - only.
import { optionError } from '../errors.js';
import { isCandidateName } from './file-names.js';

const DEPLOY_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;

/** True for names that a bundle may have: letters, digits, _ and -, at most 128, beginning with a letter or digit. */
export function isDeployName(name: string): boolean {
  return DEPLOY_NAME.test(name);
}

/** Throws BAD_OPTION unless `name` may be the name of a bundle. */
export function checkDeployName(name: string): void {
  if (!isDeployName(name)) throw optionError('the bundle', 'name', 'at most 128 letters, digits, _ and -, beginning with a letter or digit', name, 'Take a name such as flow_T21X8_20250131.');
}

/**
 * The default name of a bundle: feature set, number of markets where it is of several, candidates, UTC date. A decimal point becomes p, as in `T21X8p5`.
 * Throws BAD_OPTION for parts that make no name.
 * @example deployName({ featureSet: 'flow', candidates: ['T21_X8', 'T14_X8.5'], date: '2025-01-31' })
 * // → 'flow_T21X8_T14X8p5_20250131'; of six markets 'flow_pooled6_T21X8_T14X8p5_20250131'
 */
export function deployName(options: {
  /** Letters, digits, _ and -. */
  readonly featureSet: string;
  /** How many markets it is of. Default: 1. */
  readonly markets?: number;
  /** Candidate names, in the order of the bundle. At least one. */
  readonly candidates: readonly string[];
  /** UTC date `YYYY-MM-DD`. */
  readonly date: string;
}): string {
  const { featureSet, markets = 1, candidates, date } = options;
  if (candidates.length === 0) throw optionError('deployName', 'candidates', 'at least one candidate', '');
  for (const name of candidates) {
    if (!isCandidateName(name)) throw optionError('deployName', 'candidates', 'names such as T21_X8', name);
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw optionError('deployName', 'date', 'a date such as 2025-01-31', date);
  const name = [featureSet, ...(markets === 1 ? [] : [`pooled${markets}`]), ...candidates.map((candidate) => candidate.replace('_', '').replace('.', 'p')), date.replaceAll('-', '')].join('_');
  checkDeployName(name);
  return name;
}
