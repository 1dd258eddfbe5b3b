// Where this program and its Node lie, as a unit must name them: absolute, and by a name that the next update leaves in place.
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ForecastLabError } from '@forecastlab/core';

export interface ProgramPlace {
  readonly node: string;
  readonly cli: string;
  /** For the variable PATH of the unit. */
  readonly path: string;
  /** What may go wrong with these places. */
  readonly notes: readonly string[];
}

/** The built command lies beside the built library; in the sources, in the folder of the build. */
const CLI_PLACES = ['./cli.js', '../../dist/cli.js'];

/** @throws FAILED when the command is not built */
export function programPlace({ env, execPath }: { readonly env: Readonly<Record<string, string | undefined>>; readonly execPath: string }): ProgramPlace {
  const cli = CLI_PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((place) => existsSync(place));
  if (cli === undefined) throw new ForecastLabError('FAILED', 'The command forecastlab-predict is not built.', { hint: 'Run npm start or npm test once in the repository.' });
  const node = lastingNode(env.PATH ?? '', execPath);
  return {
    node,
    cli,
    path: [...new Set([dirname(node), '/opt/homebrew/bin', '/usr/local/bin', '/usr/bin', '/bin'])].filter((folder) => folder !== '/opt/homebrew/bin' || existsSync(folder)).join(':'),
    notes: [
      ...(/[\\/]_npx[\\/]/.test(cli) ? [`${cli} lies in the cache of npx, which may be emptied: install @forecastlab/predict in a folder of its own and run install from there.`] : []),
      ...(/[\\/](\.nvm|\.fnm|fnm_multishells|\.volta|\.asdf|n\/versions|Cellar)[\\/]/.test(node) ? [`${node} belongs to one version of Node: run install again, with --write --force, when you update it.`] : []),
    ],
  };
}

/** A link such as /opt/homebrew/bin/node outlives updates; what it points at does not. */
function lastingNode(searchPath: string, execPath: string): string {
  const links = searchPath.split(delimiter).filter((folder) => isAbsolute(folder) && !/fnm_multishells|node_modules/.test(folder)).map((folder) => join(folder, 'node'));
  return links.find((link) => existsSync(link) && realpathSync(link) === realpathSync(execPath)) ?? execPath;
}
