// Where things lie in the repository, whatever folder a script is called from.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository's top folder. */
export const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Absolute path of a file in the repository. */
export const at = (...parts) => join(repository, ...parts);

/** The packages in the order in which they are built. */
export const packages = ['core', 'train', 'predict', 'viz'];
