// One update as `data update` does it, by a clock that runs faster: it writes what it has after a fraction of the usual time. Part of kill-updates.mjs.
import { parseArgs } from 'node:util';
import { openFolderStore, openSources, updateMarkets } from '../../packages/core/dist/node.js';

const { values } = parseArgs({
  allowPositionals: true,
  options: { hurry: { type: 'string' }, symbol: { type: 'string' }, interval: { type: 'string' }, 'base-url': { type: 'string' }, format: { type: 'string' }, root: { type: 'string' }, json: { type: 'boolean' } },
});
const log = (text) => process.stderr.write(`${text}\n`);
const { signal } = new AbortController();
const store = openFolderStore(values.root);
const sources = openSources({ store, root: values.root, venue: 'spot', baseUrls: [values['base-url']], nowMs: () => Date.now(), signal, log });
const { updated, failed } = await updateMarkets(store, [{ symbol: values.symbol, interval: values.interval }], { ...sources, format: values.format, nowMs: () => Date.now() * Number(values.hurry), signal, log });
for (const { error } of failed) log(`${error.message} ${error.hint ?? ''}`);
process.exitCode = failed.length === 0 ? 0 : 1;
process.stdout.write(JSON.stringify({ ...updated[0], ...sources.exchange.usage(), archiveRequests: sources.dumps.usage().requests }));
