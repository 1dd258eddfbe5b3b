import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { strayVariables } from './stray-variables.js';

it('tells variables that nothing reads, with a name that is near', () => {
  expect(strayVariables({ FORECASTLAB_SYMBOL: 'X', FORECASTLAB_BASE_URL: 'u', FORECASTLAB_T: '7', FORECASTLAB_OWN: '1', HOME: '/', OTHER_SYMBL: '' }, ['own'])).toEqual([]);
  expect(strayVariables({ FORECASTLAB_SYMBL: 'X', FORECASTLAB_XYLOPHONES: '', FORECASTLAB_GONE: undefined }, [])).toEqual([
    'the variable FORECASTLAB_SYMBL means nothing to any command; did you mean FORECASTLAB_SYMBOL?',
    'the variable FORECASTLAB_XYLOPHONES means nothing to any command',
  ]);
  const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`FORECASTLAB_UNHEARD_OF_${i}`, '']));
  expect(strayVariables(many, []).at(-1)).toBe('so do 4 more variables FORECASTLAB_…');
});

it('knows every variable that the scripts, examples and tests of this repository read', () => {
  const repository = new URL('../../../../../', import.meta.url).pathname;
  const files = ['scripts', 'examples', 'tests'].flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' }).filter((name) => /\.m?[jt]s$/.test(name)).map((name) => join(repository, folder, name)),
  );
  const read = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/process\.env\.(FORECASTLAB_\w+)/g)].map(([, name]) => name));
  expect(new Set(read).size).toBeGreaterThan(5);
  expect(strayVariables(Object.fromEntries(read.map((name) => [name, '1'])), [])).toEqual([]);
});
