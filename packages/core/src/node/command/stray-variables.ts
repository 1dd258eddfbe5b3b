// Variables that look like ours and that nothing reads: a slip of the finger would change nothing, and nobody would know.
import { CONFIG_KEYS } from './config-keys.js';
import { GLOBAL_OPTIONS } from './global-options.js';
import { nearName } from './near-name.js';
import { variableName } from './option-names.js';

/** Read elsewhere than by commands: by errors, npm start, the examples, the tests, the benchmarks and the scheduler. */
const SETTINGS: readonly string[] = ['FORECASTLAB_DEBUG', 'FORECASTLAB_ONCE', 'FORECASTLAB_SHARED', 'FORECASTLAB_UPDATE', 'FORECASTLAB_CHROMIUM', 'FORECASTLAB_PYTHON', 'FORECASTLAB_BUILT', 'FORECASTLAB_EVERY_FAULT', 'FORECASTLAB_STUDY_MARKETS', 'FORECASTLAB_RUN_ID'];
/** More than a few need no list. */
const MOST = 5;

/** One sentence for each variable that begins with FORECASTLAB_ and means nothing. @param optionNames options of all commands of the program */
export function strayVariables(env: Readonly<Record<string, string | undefined>>, optionNames: readonly string[]): string[] {
  const known = [...new Set([...SETTINGS, ...[...Object.keys(GLOBAL_OPTIONS), ...CONFIG_KEYS, ...optionNames].map(variableName)])];
  const stray = Object.keys(env).filter((name) => name.startsWith('FORECASTLAB_') && env[name] !== undefined && !known.includes(name)).sort();
  const sentences = stray.slice(0, MOST).map((name) => {
    const near = nearName(name, known);
    return `the variable ${name} means nothing to any command${near === undefined ? '' : `; did you mean ${near}?`}`;
  });
  return stray.length > MOST ? [...sentences, `so do ${stray.length - MOST} more variables FORECASTLAB_…`] : sentences;
}
