// `--candidates T21_X8,T14_X8` or `--candidates @FILE`, a text file with one name a line.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Candidate, ForecastLabError, parseCandidates } from '@forecastlab/core';

/** A list of candidates is short; anything far larger is the wrong file. */
const MAX_LIST_BYTES = 1_000_000;

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
  const names: string[] = [];
  for (const entry of list) {
    if (entry.startsWith('@')) names.push(...(await readNames(resolve(options.cwd, entry.slice(1)))));
    else names.push(entry);
  }
  return parseCandidates(names);
}

async function readNames(path: string): Promise<string[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new ForecastLabError('BAD_FILE', `The candidate list ${path} cannot be read.`, { hint: 'Give the names themselves, such as --candidates T21_X8,T14_X8, or @ and the path of a text file.', details: { file: path }, cause });
  }
  if (text.length > MAX_LIST_BYTES) throw new ForecastLabError('BAD_FILE', `The candidate list ${path} is too long: ${text.length} characters.`, { details: { file: path } });
  return text
    .split(/\r?\n/)
    .flatMap((line) => line.replace(/#.*/, '').split(/[\s,]+/))
    .filter((name) => name !== '');
}
