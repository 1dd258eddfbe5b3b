// One hash over files, to tell whether an install or a build is still that of the sources at hand.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { at, repository } from './paths.mjs';

/** sha256 over names and bytes of the given files and of all files in the given folders that pass `keep`. */
export function fingerprint(paths, keep = () => true) {
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}\n`);
  for (const file of paths.flatMap(filesIn).filter(keep)) {
    hash.update(`${relative(repository, file)}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/** True if the stamp of that name holds that value. Stamps live in node_modules, so that removing it removes them. */
export function hasStamp(name, value) {
  const file = stampFile(name);
  return existsSync(file) && readFileSync(file, 'utf8') === value;
}

/** Writes a stamp; call it only after the work that it stands for is done. */
export function writeStamp(name, value) {
  mkdirSync(dirname(stampFile(name)), { recursive: true });
  writeFileSync(stampFile(name), value);
}

const stampFile = (name) => at('node_modules', '.forecastlab', name);

function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name !== 'node_modules' && name !== 'dist')
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}
