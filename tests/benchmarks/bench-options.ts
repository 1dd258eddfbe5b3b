// The command line of the benchmark.
import { parseArgs } from 'node:util';
import { CONTENDERS } from './contenders.js';
import { TASKS } from './tasks.js';

export interface BenchOptions {
  /** Names of tasks; none: those that are due by themselves. */
  readonly only: readonly string[];
  /** Names of contenders that may run; none: all. */
  readonly contenders: readonly string[];
  /** Rounds of every task; undefined: each task's own number. */
  readonly repeat: number | undefined;
  readonly isQuick: boolean;
  readonly isLarge: boolean;
  readonly isScaling: boolean;
  readonly isSearch: boolean;
  /** Measure packages/core/dist rather than the sources. */
  readonly isBuilt: boolean;
  readonly jsonFile: string | undefined;
  readonly markdownFile: string | undefined;
  readonly isHelp: boolean;
}

export const HELP = `pnpm bench [options]: fits and predictions of ForecastLab beside its peers, in one run. See docs/benchmarks.md.

  --only TASK         only this task (may be given again, or several with commas)
  --contenders NAMES  only these contenders, with commas
  --repeat N          rounds of every task, 1 to 1000 (default: each task's own number)
  --quick             few rounds, small problems, no ml-random-forest
  --large             the 1M × 50 fit whatever it takes
  --scaling           cost against rows, features and threads instead (pnpm bench:scaling)
  --search            the whole search, stages 1 and 2, instead (needs a build: pnpm build)
  --built             measure packages/core/dist instead of the sources
  --json FILE         write the report as JSON, anew after every task
  --markdown FILE     write the report as Markdown
  --help              this text

tasks: ${TASKS.map(({ name }) => name).join(', ')}
contenders: ${CONTENDERS.map(({ name }) => name).join(', ')}
`;

/** Throws an Error with a readable message for what cannot be meant. */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== '--'), // pnpm hands it on
    options: {
      only: { type: 'string', multiple: true },
      contenders: { type: 'string', multiple: true },
      repeat: { type: 'string' },
      quick: { type: 'boolean', default: false },
      large: { type: 'boolean', default: false },
      scaling: { type: 'boolean', default: false },
      search: { type: 'boolean', default: false },
      built: { type: 'boolean', default: false },
      json: { type: 'string' },
      markdown: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    only: namesIn(values.only, 'only', TASKS),
    contenders: namesIn(values.contenders, 'contenders', CONTENDERS),
    repeat: values.repeat === undefined ? undefined : repeatIn(values.repeat),
    isQuick: values.quick,
    isLarge: values.large,
    isScaling: values.scaling,
    isSearch: values.search,
    isBuilt: values.built,
    jsonFile: values.json,
    markdownFile: values.markdown,
    isHelp: values.help,
  };
}

function namesIn(given: readonly string[] = [], option: string, known: readonly { readonly name: string }[]): string[] {
  const names = given.flatMap((one) => one.split(',')).map((name) => name.trim()).filter((name) => name !== '');
  const stranger = names.find((name) => !known.some((one) => one.name === name));
  if (stranger === undefined) return names;
  throw new Error(`--${option} must name ${known.map(({ name }) => name).join(', ')}. Got ${JSON.stringify(stranger)}.`);
}

function repeatIn(given: string): number {
  const repeat = Number(given);
  if (Number.isInteger(repeat) && repeat >= 1 && repeat <= 1000) return repeat;
  throw new Error(`--repeat must be an integer from 1 to 1000. Got ${JSON.stringify(given)}.`);
}
