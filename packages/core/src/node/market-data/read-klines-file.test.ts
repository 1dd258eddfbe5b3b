import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeZip } from '../../../../../tests/support/make-zip.js';
import { formatKlinesCsv } from '../../klines/format-klines-csv.js';
import { generateSampleMarket, SAMPLE_START_MS } from '../../klines/generate-sample-market.js';
import { readKlinesFile } from './read-klines-file.js';

const klines = generateSampleMarket({ seed: 1, startMs: SAMPLE_START_MS, endMs: SAMPLE_START_MS + 30 * 86_400_000 });
const csv = Buffer.from(formatKlinesCsv(klines));
const answer = JSON.stringify(Array.from(klines.openTimeMs, (openTimeMs, row) => [openTimeMs, ...(['open', 'high', 'low', 'close', 'volume'] as const).map((column) => String(klines[column][row])), klines.closeTimeMs[row], ...(['quoteVolume', 'tradeCount', 'takerBuyBase', 'takerBuyQuote'] as const).map((column) => String(klines[column][row])), '0']));
let folder = '';
const file = async (name: string, content: string | Uint8Array): Promise<string> => {
  await writeFile(join(folder, name), content);
  return join(folder, name);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'klines-file-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('readKlinesFile', () => {
  it.each([
    ['bars.csv', csv],
    ['bars.csv.gz', gzipSync(csv)],
    ['bars.zip', makeZip([{ name: 'other-name.csv', data: csv }])],
    ['SAMPLEUSDT-1d-2018-01.zip', makeZip([{ name: 'SAMPLEUSDT-1d-2018-01.csv', data: csv }])],
    ['bars.json', Buffer.from(answer)],
    ['bars.json.gz', gzipSync(answer)],
  ])('reads %s', async (name, content) => {
    const read = await readKlinesFile(await file(name, content));
    expect(read.parsed.klines).toEqual(klines);
    expect(read.parsed.fileName).toBe(name);
    expect(read.sha256).toBe(createHash('sha256').update(content).digest('hex'));
  });

  it('names what is wrong', async () => {
    await mkdir(join(folder, 'folder.csv'));
    await expect(readKlinesFile(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringContaining('none.csv does not exist') as string });
    await expect(readKlinesFile(join(folder, 'folder.csv'))).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringContaining('is a folder') as string });
    await expect(readKlinesFile(await file('cut.csv.gz', gzipSync(csv).subarray(0, 200)))).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringContaining('cannot be unpacked') as string });
    await expect(readKlinesFile(await file('other.csv', gzipSync(csv)))).rejects.toMatchObject({ code: 'BAD_FILE', hint: expect.stringContaining('.gz') as string });
    await expect(readKlinesFile(await file('cut.csv', csv.subarray(0, 1000)))).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringMatching(/^cut\.csv, row \d+: /) as string });
  });

  it('does not unpack what is no file of klines', async () => {
    const ones = Buffer.alloc(9_000_000, '1');
    await expect(readKlinesFile(await file('ones.csv.gz', gzipSync(ones)))).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringMatching(/ones\.csv\.gz unpacks to more than 8388608 bytes from \d+: no file of klines does\.$/) as string });
    await expect(readKlinesFile(await file('ones.zip', makeZip([{ name: 'ones.csv', data: ones }])))).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringContaining('would unpack to 9000000 bytes') as string });
    await expect(readKlinesFile(await file('ones.csv', ones))).rejects.toMatchObject({ code: 'BAD_FILE', message: 'ones.csv, row 1: a cell has more than 1000 bytes' });
  });

  it('holds a zip to its name', async () => {
    const zip = (member: string, data = csv): Buffer => makeZip([{ name: member, data }]);
    await expect(readKlinesFile(await file('BTCUSDT-1d-2018-01.zip', zip('bars.csv')))).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringContaining('BTCUSDT-1d-2018-01.zip: its member is named "bars.csv"') as string });
    await expect(readKlinesFile(await file('BTCUSDT-1d-2018-01-01.zip', zip('BTCUSDT-1d-2018-01-01.csv')))).rejects.toThrow('more than the 1400 that its bars can need');
    const path = await file('BTCUSDT-1d-2018-01.zip', zip('BTCUSDT-1d-2018-01.csv'));
    expect((await readKlinesFile(path, { interval: '1d' })).parsed.interval).toBe('1d');
    await expect(readKlinesFile(path, { interval: '1h' })).rejects.toMatchObject({ code: 'BAD_OPTION' });
    await expect(readKlinesFile(await file('bars.zip', makeZip([{ name: 'a.csv', data: csv }, { name: 'b.csv', data: csv }])))).rejects.toThrow('bars.zip: it holds 2 members');
    await expect(readKlinesFile(await file('bars.zip', zip('a.csv', csv.subarray(0, 1000))))).rejects.toThrow(/^bars\.zip, row \d+: /);
    await expect(readKlinesFile(await file('zip.csv', zip('a.csv')))).rejects.toMatchObject({ code: 'BAD_FILE', hint: expect.stringContaining('.zip') as string });
  });
});
