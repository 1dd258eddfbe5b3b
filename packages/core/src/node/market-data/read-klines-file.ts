// Reads a file of klines by its name: CSV, the exchange's JSON answer, either of them packed with gzip, or a zip with one CSV; or Parquet.
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ForecastLabError, isForecastLabError, optionError } from '../../errors.js';
import { parseInterval } from '../../klines/interval.js';
import { parseKlinesCsv } from '../../klines/parse-klines-csv.js';
import { parseKlinesJson } from '../../klines/parse-klines-json.js';
import type { ParsedKlines, ParseKlinesOptions } from '../../klines/parsed-klines.js';
import { parseArchiveName } from '../dumps/archive-name.js';
import { maxArchiveBytes } from '../dumps/read-archive.js';
import { unpackArchive } from '../dumps/unpack-archive.js';
import { nativeSha256Hex } from '../model-registry/native-sha256.js';
import { systemErrorCode } from '../store/file-system.js';
import { readFileBytes } from '../store/read-file-bytes.js';
import { parseKlinesParquet } from './parse-klines-parquet.js';

/** gzip and zip can blow a small file up a thousandfold; a packed file of klines unpacks to three to ten times its size. */
const MAX_UNPACKED_BYTES = 2 ** 31 - 1;
const MAX_RATIO = 100;
const ALWAYS_ALLOWED_BYTES = 8 * 1024 * 1024;

/** A file of klines, read. */
export interface KlinesFile {
  readonly path: string;
  readonly parsed: ParsedKlines;
  /** sha256 of the file's bytes as they lie on disk. */
  readonly sha256: string;
}

/**
 * Reads klines from a file; names ending in `.gz` and `.zip` are unpacked, `.json` is read as the exchange's answer,
 * `.parquet` by the names of its columns.
 * A zip that is named like an archive of the exchange (`BTCUSDT-1d-2024-01.zip`) must hold what archives hold.
 * @throws BAD_FILE naming the file, and the row where there is one
 */
export async function readKlinesFile(
  path: string,
  options: {
    /** Bar length such as `1d`. Default: found from the times. */
    readonly interval?: string;
  } = {},
): Promise<KlinesFile> {
  const bytes = await readBytes(path);
  const settings = { fileName: basename(path), ...options };
  if (path.endsWith('.zip')) return { path, parsed: await parseZip(bytes, settings), sha256: nativeSha256Hex(bytes) };
  const unpacked = path.endsWith('.gz') ? unpack(path, bytes) : bytes;
  return { path, parsed: await parse(path.replace(/\.gz$/, ''), unpacked, settings), sha256: nativeSha256Hex(bytes) };
}

async function parse(path: string, bytes: Uint8Array, options: ParseKlinesOptions): Promise<ParsedKlines> {
  if (path.endsWith('.parquet')) return parseKlinesParquet(bytes, options);
  return path.endsWith('.json') ? parseKlinesJson(bytes, options) : parseKlinesCsv(bytes, options);
}

/** The bars in the order of the CSV inside; what is wrong with them is for the quality report to tell. */
async function parseZip(bytes: Uint8Array, settings: ParseKlinesOptions): Promise<ParsedKlines> {
  const { fileName, interval } = settings;
  const archive = parseArchiveName(fileName);
  if (archive === undefined) return parseKlinesCsv(await unpackArchive(bytes, { fileName, maxBytes: maxUnpackedBytes(bytes.length) }), settings);
  if (interval !== undefined && parseInterval(interval).name !== archive.interval) throw optionError('the command', 'interval', `${archive.interval} for ${fileName}`, interval);
  const csv = await unpackArchive(bytes, { fileName, member: fileName.replace(/zip$/, 'csv'), maxBytes: maxArchiveBytes(archive) });
  return parseKlinesCsv(csv, { fileName, interval: archive.interval });
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFileBytes(path);
  } catch (cause) {
    if (isForecastLabError(cause) && cause.details.isFolder === true) throw new ForecastLabError('BAD_FILE', cause.message, { hint: folderHint(path), details: cause.details, cause });
    const code = systemErrorCode(cause);
    const reason = { ENOENT: 'does not exist', EACCES: 'may not be read', ENOTDIR: 'does not exist' }[code ?? ''];
    if (reason === undefined) throw cause;
    throw new ForecastLabError('BAD_FILE', `${path} ${reason}.`, { hint: 'Give a file of klines, or make one with forecastlab-train data update.', details: { file: path }, cause });
  }
}

function maxUnpackedBytes(packed: number): number {
  return Math.min(MAX_UNPACKED_BYTES, Math.max(ALWAYS_ALLOWED_BYTES, packed * MAX_RATIO));
}

/** A market that is stored as Parquet has a folder, which looks like something to name. */
function folderHint(path: string): string {
  const [, origin, symbol, interval] = /^(binance|binance-usdm)_(.+)_(\d+[a-zA-Z])$/.exec(basename(path)) ?? [];
  const market = symbol === undefined ? '--symbol S --interval I' : `--symbol ${symbol} --interval ${interval}${origin === 'binance-usdm' ? ' --venue usdm' : ''}`;
  return `Give a file of klines; stored bars, Parquet too, are named by their market instead: ${market}.`;
}

function unpack(path: string, bytes: Uint8Array): Uint8Array {
  const maxBytes = maxUnpackedBytes(bytes.length);
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch (cause) {
    if (systemErrorCode(cause) === 'ERR_BUFFER_TOO_LARGE') {
      throw new ForecastLabError('BAD_FILE', `${path} unpacks to more than ${maxBytes} bytes from ${bytes.length}: no file of klines does.`, { hint: 'Get the file again, or unpack it and look into it.', details: { file: path, maxBytes }, cause });
    }
    throw new ForecastLabError('BAD_FILE', `${path} cannot be unpacked: it is cut, damaged, or not gzip.`, { hint: 'Get the file again.', details: { file: path }, cause });
  }
}
