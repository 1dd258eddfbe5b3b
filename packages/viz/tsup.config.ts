import { cpSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { packageBuild } from '../../scripts/package-build.js';
import { pageBuild } from './scripts/page-build.js';

const library = packageBuild({ library: { index: 'src/index.ts' }, commands: { cli: 'src/cli.ts' } });

/** The fonts of PNG files travel with the package: a bare container has none. */
function copyFonts(): void {
  const folder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/inter/package.json'));
  mkdirSync('dist/fonts', { recursive: true });
  for (const weight of ['400Regular', '600SemiBold', '700Bold']) cpSync(join(folder, weight, `Inter_${weight}.ttf`), `dist/fonts/Inter_${weight}.ttf`);
  cpSync(join(folder, 'LICENSE_FONT'), 'dist/fonts/OFL.txt');
}

copyFonts();

export default [...library, pageBuild('dist/page')];
