// How the dashboard's page is built: one JavaScript file and one style sheet, with everything inside.
// Used by the package's build and by the browser test, which builds into a folder of its own.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Options } from 'tsup';
import { thirdPartyLicences } from '../../../scripts/package-build.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The tsup options; `outDir` receives index.html, page.js, page.css and the icon. */
export function pageBuild(outDir: string): Options {
  return {
    config: false,
    entry: { page: here('../src/page/main.tsx') },
    publicDir: here('../src/page/public'),
    outDir,
    tsconfig: here('../tsconfig.json'),
    format: 'esm',
    outExtension: () => ({ js: '.js' }),
    platform: 'browser',
    target: 'es2022',
    noExternal: [/./],
    splitting: false,
    minify: true,
    esbuildPlugins: [thirdPartyLicences(join(outDir, 'THIRD_PARTY_NOTICES.txt'))],
    treeshake: false,
    dts: false,
    clean: false,
    silent: true,
  };
}
