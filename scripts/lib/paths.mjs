// Where things lie in the repository, whatever folder a script is called from.
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository's top folder. */
export const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Absolute path of a file in the repository. */
export const at = (...parts) => join(repository, ...parts);

/** The packages in the order in which they are built. */
export const packages = ['core', 'train', 'predict', 'viz'];

/** True for the module that Node was started with; give it `import.meta.url`. */
export const isMain = (url) => process.argv[1] !== undefined && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(url));
