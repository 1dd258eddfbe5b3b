// Looks through the pages of a Parquet file before they are unpacked into values. A few bytes of a hostile file can claim
// thousands of millions of repeated values, which the library that reads them would believe.
import type { Compressors, FileMetaData, RowGroup, SchemaElement } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';

/** Writers fill their last packed run up: to 8 values, DuckDB to 256. */
const MAX_FILLING = 1024;

/** @throws Error saying what is wrong with a page of one of these columns */
export function checkParquetPages(bytes: Uint8Array, metadata: FileMetaData, group: RowGroup, columns: ReadonlySet<string>, compressors: Compressors): void {
  const rows = Number(group.num_rows);
  for (const { meta_data: facts, file_path: elsewhere } of group.columns) {
    const name = facts?.path_in_schema[0];
    if (facts === undefined || name === undefined || !columns.has(name)) continue;
    const element = metadata.schema.find((candidate, i) => i > 0 && candidate.name === name);
    if (elsewhere || facts.path_in_schema.length !== 1 || element === undefined || element.repetition_type === 'REPEATED') throw new Error(`the column ${name} is no plain column`);
    const start = Number(facts.dictionary_page_offset ?? 0) > 0 ? Math.min(Number(facts.dictionary_page_offset), Number(facts.data_page_offset)) : Number(facts.data_page_offset);
    const end = start + Number(facts.total_compressed_size);
    if (!(start >= 4 && end <= bytes.length && Number(facts.num_values) === rows)) throw new Error(`the column ${name} lies outside of the file, or has another number of values than rows`);
    checkColumn(bytes.subarray(start, end), { name, rows, element, codec: facts.codec, compressors });
  }
}

interface Column {
  readonly name: string;
  readonly rows: number;
  readonly element: SchemaElement;
  readonly codec: Parameters<typeof decompressPage>[2];
  readonly compressors: Compressors;
}

function checkColumn(bytes: Uint8Array, column: Column): void {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  let values = 0;
  while (values < column.rows && reader.offset < bytes.length - 1) {
    const header = parquetHeader(reader);
    const size = header.compressed_page_size;
    if (!(size >= 0 && reader.offset + size <= bytes.length)) throw new Error(`a page of ${column.name} is cut`);
    const packed = bytes.subarray(reader.offset, reader.offset + size);
    reader.offset += size;
    const [plain, pageV2] = [header.data_page_header, header.data_page_header_v2];
    const count = plain?.num_values ?? pageV2?.num_values ?? header.dictionary_page_header?.num_values ?? 0;
    if (!(count >= 0 && count <= column.rows)) throw new Error(`a page of ${column.name} claims ${count} values in ${column.rows} rows`);
    if (plain !== undefined) checkDataPage(() => decompressPage(packed, header.uncompressed_page_size, column.codec, column.compressors), count, plain.encoding, column);
    if (pageV2 !== undefined) {
      const levels = pageV2.definition_levels_byte_length;
      if (pageV2.repetition_levels_byte_length !== 0 || !(levels >= 0 && levels <= size) || !(pageV2.num_nulls >= 0 && pageV2.num_nulls <= count)) throw new Error(`a page of ${column.name} has impossible levels`);
      checkRuns(packed.subarray(0, levels), isNullable(column) ? 1 : 0, count);
      const rest = packed.subarray(levels);
      const unpack = (): Uint8Array => (pageV2.is_compressed === false ? rest : decompressPage(rest, header.uncompressed_page_size - levels, column.codec, column.compressors));
      checkValues(unpack, count - pageV2.num_nulls, pageV2.encoding, column);
    }
    if (header.type !== 'DICTIONARY_PAGE') values += count;
  }
  if (values !== column.rows) throw new Error(`the pages of ${column.name} have ${values} values and not ${column.rows}`);
}

function checkDataPage(unpack: () => Uint8Array, count: number, encoding: string, column: Column): void {
  if (!isNullable(column)) return checkValues(unpack, count, encoding, column);
  const bytes = unpack();
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  if (4 + length > bytes.length) throw new Error(`a page of ${column.name} has impossible levels`);
  checkRuns(bytes.subarray(4, 4 + length), 1, count);
  checkValues(() => bytes.subarray(4 + length), count, encoding, column);
}

/** Unpacks only what has runs: our own files have none. `count`: the most values there can be. */
function checkValues(unpack: () => Uint8Array, count: number, encoding: string, { name, element }: Column): void {
  if (encoding.endsWith('_DICTIONARY')) {
    const bytes = unpack();
    if (count > 0 && bytes.length > 0) checkRuns(bytes.subarray(1), bytes[0], count);
  } else if (encoding === 'RLE' || !(element.type === 'INT32' || element.type === 'INT64' || element.type === 'INT96' || element.type === 'FLOAT' || element.type === 'DOUBLE')) {
    throw new Error(`the column ${name} is not one of numbers`);
  }
}

/** Walks over runs of the RLE and bit-packing hybrid, https://parquet.apache.org/docs/file-format/data-pages/encodings/. */
function checkRuns(bytes: Uint8Array, bitWidth: number, count: number): void {
  if (bitWidth > 32) throw new Error(`a bit width of ${bitWidth}`);
  let at = 0;
  let seen = 0;
  while (seen < count && at < bytes.length) {
    let header = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at];
      if (byte === undefined || factor > 2 ** 28) throw new Error('a run that is cut');
      at += 1;
      header += (byte & 127) * factor;
      if (byte < 128) break;
    }
    const isPacked = header % 2 === 1;
    const length = Math.floor(header / 2) * (isPacked ? 8 : 1);
    if (length === 0 || seen + length > count + (isPacked ? MAX_FILLING : 0)) throw new Error(`a run of ${length} values where ${count - seen} are left`);
    seen += length;
    at += isPacked ? (length / 8) * bitWidth : Math.ceil(bitWidth / 8);
  }
}

function isNullable({ element }: Column): boolean {
  return element.repetition_type !== 'REQUIRED';
}
