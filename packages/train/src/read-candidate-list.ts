// `--candidates T21_X8,T14_V1.5` or `--candidates @FILE`, a text file with one name a line.
import { type Candidate, parseCandidates } from '@forecastlab/core';
import { readNameList } from './read-name-list.js';

/**
 * The candidates that a list names, in its order.
 * @param list names, or `@FILE`: names separated by commas, blanks or lines; `#` begins a comment
 * @throws BAD_FILE for a file that cannot be read, BAD_OPTION for a name that is none or is given twice
 */
export async function readCandidateList(
  list: readonly string[],
  options: {
    /** Folder where a relative `@FILE` starts. */
    readonly cwd: string;
  },
): Promise<readonly Candidate[]> {
  return parseCandidates(await readNameList(list, { ...options, what: 'candidate', example: '--candidates T21_X8,T14_V1.5' }));
}
