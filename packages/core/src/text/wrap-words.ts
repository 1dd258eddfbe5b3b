// Prose for a terminal: broken at blanks, so that a line of numbers above and a sentence below have the same width.

/** Lines of at most `width` characters; a longer word keeps a line of its own. `indent` starts every line but the first. */
export function wrapWords(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  // A number and its unit, `5.0 %`, stay together.
  for (const word of text.split(/ (?!%)/)) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (line === '' || joined.length <= width) line = joined;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line].join('\n');
}
