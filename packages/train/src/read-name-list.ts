// Names on the command line, or `@FILE`: a text file of names separated by commas, blanks or lines; `#` begins a comment.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ForecastLabError } from '@forecastlab/core';

/** Such lists are short; anything far larger is the wrong file. */
const MAX_LIST_BYTES = 1_000_000;

/**
 * The names that a list gives, in its order.
 * @throws BAD_FILE for a file that cannot be read
 */
export async function readNameList(
  list: readonly string[],
  options: {
    /** Folder where a relative `@FILE` starts. */
    readonly cwd: string;
    /** What the list holds, in the singular: `candidate`. */
    readonly what: string;
    /** How the names are given otherwise: `--candidates T21_X8,T14_X8`. */
    readonly example: string;
  },
): Promise<readonly string[]> {
  const names: string[] = [];
  for (const entry of list) {
    if (entry.startsWith('@')) names.push(...(await readNames(resolve(options.cwd, entry.slice(1)), options)));
    else names.push(entry);
  }
  return names;
}

async function readNames(path: string, { what, example }: { readonly what: string; readonly example: string }): Promise<string[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new ForecastLabError('BAD_FILE', `The ${what} list ${path} cannot be read.`, { hint: `Give the names themselves, such as ${example}, or @ and the path of a text file.`, details: { file: path }, cause });
  }
  if (text.length > MAX_LIST_BYTES) throw new ForecastLabError('BAD_FILE', `The ${what} list ${path} is too long: ${text.length} characters.`, { details: { file: path } });
  return text
    .split(/\r?\n/)
    .flatMap((line) => line.replace(/#.*/, '').split(/[\s,]+/))
    .filter((name) => name !== '');
}
