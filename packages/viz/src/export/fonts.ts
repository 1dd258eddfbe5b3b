// Where the fonts for PNG files lie: beside the built package, or in node_modules when running from the sources.
// They are shipped because a bare container has no fonts at all.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { ForecastLabError } from '@forecastlab/core';

const FONT_FILES = ['400Regular/Inter_400Regular.ttf', '600SemiBold/Inter_600SemiBold.ttf', '700Bold/Inter_700Bold.ttf'] as const;

/** Paths of the TrueType files. @throws FAILED when the installation is incomplete */
export function fontFiles(): string[] {
  return FONT_FILES.map((file) => {
    const shipped = fileURLToPath(new URL(`./fonts/${file.slice(file.indexOf('/') + 1)}`, import.meta.url));
    if (existsSync(shipped)) return shipped;
    try {
      return createRequire(import.meta.url).resolve(`@expo-google-fonts/inter/${file}`);
    } catch (cause) {
      throw new ForecastLabError('FAILED', `The font ${shipped} is missing from this installation.`, { hint: 'Install @forecastlab/viz again, or write an SVG file instead.', cause });
    }
  });
}
