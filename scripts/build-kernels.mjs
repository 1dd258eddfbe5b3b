// Compiles the kernels of packages/core/assembly/ (AssemblyScript) to WebAssembly and writes them as base64 into
// packages/core/src/trees/kernels/<name>-wasm.ts, which are committed: the sources run without this step.
// Run after a change: node scripts/build-kernels.mjs. tests/kernels.test.ts finds a module that was forgotten.
import { readdirSync, writeFileSync } from 'node:fs';
import { at, isMain } from './lib/paths.mjs';

const SOURCES = 'packages/core/assembly';
const MODULES = 'packages/core/src/trees/kernels';

/** No garbage collector and no start-up code: kernels work on memory that they are given. */
const OPTIONS = ['--runtime', 'stub', '--noAssert', '--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--enable', 'simd', '--enable', 'threads', '--importMemory', ...(process.env.DEBUG_NAMES ? ['--debug'] : []), '--use', 'abort='];

/** Largest memory that a kernel may be given: 65,536 pages of 64 kB, all that 32 bits can address. Shared memory must name a limit. */
const MEMORY = ['--initialMemory', '1', '--maximumMemory', '65536'];

/** Names of the modules: each is a file of SOURCES that is not a part of others (those lie in folders). */
export function kernelNames() {
  return readdirSync(at(SOURCES)).filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -'.ts'.length));
}

/** The bytes of one module. */
export async function compileKernel(name) {
  const { default: asc } = await import('assemblyscript/asc');
  const files = new Map();
  const { error, stderr } = await asc.main([`${SOURCES}/${name}.ts`, '--outFile', 'out.wasm', ...OPTIONS, ...MEMORY], {
    writeFile: (file, bytes) => files.set(file, bytes),
  }, { baseDir: at() });
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return files.get('out.wasm');
}

/** The file that holds a module. */
export function kernelFile(name) {
  return at(MODULES, `${name}-wasm.ts`);
}

/** Its text. */
export function kernelText(name, bytes) {
  const constant = `${name.toUpperCase().replaceAll('-', '_')}_WASM`;
  const lines = Buffer.from(bytes).toString('base64').match(/.{1,160}/g) ?? [];
  return `// Made by scripts/build-kernels.mjs from ${SOURCES}/${name}.ts: ${bytes.length} bytes of WebAssembly. Do not edit.\n\nexport const ${constant} =\n${lines.map((line) => `  '${line}'`).join(' +\n')};\n`;
}

if (isMain(import.meta.url)) {
  for (const name of kernelNames()) {
    const bytes = await compileKernel(name);
    writeFileSync(kernelFile(name), kernelText(name, bytes));
    console.log(`${name}: ${bytes.length} bytes`);
  }
}
