// Words of a command line, and what only a shell understands.
import { describe, expect, it } from 'vitest';
import { splitCommand } from './split-command.js';

describe('splitCommand', () => {
  it.each([
    ['forecastlab-predict run --source auto', ['forecastlab-predict', 'run', '--source', 'auto']],
    ['  a   "b c" \'d "e"\' f\\ g "" ', ['a', 'b c', 'd "e"', 'f g', '']],
    ['--why="a \\"b\\"" x\'|\'y', ['--why=a "b"', 'x|y']],
    ['echo $HOME *', ['echo', '$HOME', '*']],
    ['', []],
  ])('%s', (line, words) => expect(splitCommand(line)).toEqual(words));

  it.each(['a | b', 'a > b', 'a; b', 'a && b', 'echo `date`', 'echo $(date)', 'echo "open'])('refuses %s', (line) => {
    expect(() => splitCommand(line)).toThrow(/shell|not closed/);
  });
});
