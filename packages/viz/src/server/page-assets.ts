// The page's files, read once into memory. Requests pick from this short list by name, so no path outside it can be read.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { ForecastLabError } from '@forecastlab/core';

export interface Asset {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same bytes compressed with gzip. */
  readonly gzipped: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  readonly etag: string;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  // The licences of the libraries inside page.js.
  '.txt': 'text/plain; charset=utf-8',
};

/** Where the built page lies: beside the built server, or in `dist` when running from the sources. */
export function pageFolder(): string {
  const beside = fileURLToPath(new URL('./page/', import.meta.url));
  if (existsSync(join(beside, 'page.js'))) return beside;
  return fileURLToPath(new URL('../../dist/page/', import.meta.url));
}

/**
 * Reads the page's files (html, js, css, svg) from a folder, by file name.
 * @throws FAILED when the page is not there
 */
export async function loadPageAssets(folder: string = pageFolder()): Promise<ReadonlyMap<string, Asset>> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const assets = new Map<string, Asset>();
  for (const name of names.sort()) {
    const contentType = CONTENT_TYPES[extname(name)];
    if (contentType === undefined) continue;
    const bytes = new Uint8Array(await readFile(join(folder, name)));
    const gzipped = new Uint8Array(await promisify(gzip)(bytes, { level: 9 }));
    assets.set(name, { bytes, gzipped, contentType, etag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"` });
  }
  for (const name of ['index.html', 'page.js', 'page.css']) {
    if (assets.has(name)) continue;
    throw new ForecastLabError('FAILED', `The dashboard's page is missing: there is no ${name} in ${folder}.`, { hint: 'From the sources, build it first: pnpm --filter @forecastlab/viz build. Else install @forecastlab/viz again.' });
  }
  return assets;
}
