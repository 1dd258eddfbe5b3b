// A command line into words, as a shell would without being one: quotes and backslashes, no variables, no wildcards.

/**
 * Splits a line at blanks; '…' and "…" keep them, a backslash outside of '…' takes the next character as it is.
 * Throws Error for a quote that is not closed and for what only a shell understands (`|`, `>`, `;`, `&`, `` ` ``, `$(`).
 */
export function splitCommand(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let i = 0; i < line.length; i += 1) {
    const character = line[i];
    if (quote !== undefined && character === quote) quote = undefined;
    else if (character === '\\' && quote !== "'" && i + 1 < line.length) {
      i += 1;
      word = (word ?? '') + line[i];
    } else if (quote !== undefined) word = (word ?? '') + character;
    else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (/[|<>;&`]/.test(character) || (character === '$' && line[i + 1] === '(')) {
      throw new Error(`no shell reads it, so ${character} has no meaning; quote it, or write ["sh", "-c", "…"] where you mean a shell`);
    } else word = (word ?? '') + character;
  }
  if (quote !== undefined) throw new Error(`the quote ${quote} is not closed`);
  return word === undefined ? words : [...words, word];
}
