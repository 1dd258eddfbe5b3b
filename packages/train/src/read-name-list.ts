// Names on the command line, or `@FILE`: a text file of names separated by commas, blanks or lines; `#` begins a comment.
import { resolve } from 'node:path';
import { ForecastLabError, isForecastLabError } from '@forecastlab/core';
import { readFileBytes } from '@forecastlab/core/node';

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
  const text = new TextDecoder().decode(await readList(path, { what, example }));
  return text
    .split(/\r?\n/)
    .flatMap((line) => line.replace(/#.*/, '').split(/[\s,]+/))
    .filter((name) => name !== '');
}

/** Pipes and devices are refused: reading them may never end. */
async function readList(path: string, { what, example }: { readonly what: string; readonly example: string }): Promise<Uint8Array> {
  try {
    return await readFileBytes(path, { maxBytes: MAX_LIST_BYTES });
  } catch (cause) {
    const reason = isForecastLabError(cause) ? `: ${cause.message}` : '.';
    throw new ForecastLabError('BAD_FILE', `The ${what} list ${path} cannot be read${reason}`, { hint: `Give the names themselves, such as ${example}, or @ and the path of a text file.`, details: { file: path }, cause });
  }
}
