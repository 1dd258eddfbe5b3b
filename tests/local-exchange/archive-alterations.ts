// What can be wrong with an archive: its checksum, its bytes, what lies inside.
import { zipMembers } from './zip-csv.js';

export interface ArchiveAlteration {
  /**
   * `wrong`: the zip's checksum is another. `absent`: there is none (404). `original`: that of the archive as it would be without `archive`,
   * so that the change shows. Another text is served as it is. Default: that of the bytes that are served.
   */
  readonly checksum?: 'wrong' | 'absent' | 'original' | (string & {});
  /**
   * `absent`: 404. `cut`: the second half is missing. `flipped`: one byte in the middle is another. `nested`: the zip lies in a zip. `bomb`: 50 MB
   * of zeros. `wrong-member`: the CSV has another month's name. `two-members`: a second file. `climbing`: the member's name is
   * `../evil.csv`. `not-a-zip`: an HTML page. Or bytes.
   */
  readonly archive?: 'absent' | 'cut' | 'flipped' | 'nested' | 'bomb' | 'wrong-member' | 'two-members' | 'climbing' | 'not-a-zip' | Uint8Array;
  /** Edits the lines of the CSV. */
  readonly lines?: (lines: readonly string[]) => readonly string[];
}

const BOMB_BYTES = 50_000_000;

/** The bytes to serve. undefined: none. */
export async function alterArchive(kind: ArchiveAlteration['archive'], archive: { readonly stem: string; readonly csv: Buffer; readonly zip: Buffer; readonly mtimeMs: number }): Promise<Buffer | undefined> {
  const { stem, csv, zip, mtimeMs } = archive;
  const own = { name: `${stem}.csv`, bytes: csv };
  switch (kind) {
    case undefined:
      return zip;
    case 'absent':
      return undefined;
    case 'cut':
      return zip.subarray(0, zip.length >> 1);
    case 'flipped': {
      const flipped = Buffer.from(zip);
      flipped[flipped.length >> 1]! ^= 0xff;
      return flipped;
    }
    case 'nested':
      return zipMembers([{ name: `${stem}.zip`, bytes: zip }], mtimeMs);
    case 'bomb':
      return zipMembers([{ name: own.name, bytes: Buffer.alloc(BOMB_BYTES, '0') }], mtimeMs);
    case 'wrong-member':
      return zipMembers([{ name: `${stem.replace(/\d{4}-/, '1999-')}.csv`, bytes: csv }], mtimeMs);
    case 'two-members':
      return zipMembers([own, { name: 'README.txt', bytes: Buffer.from('Not klines.\n') }], mtimeMs);
    case 'climbing':
      // yazl refuses such a name: it is put in afterwards, at the same length.
      return Buffer.from((await zipMembers([{ name: 'XX/evil.csv', bytes: csv }], mtimeMs)).toString('latin1').replaceAll('XX/evil.csv', '../evil.csv'), 'latin1');
    case 'not-a-zip':
      return Buffer.from('<!DOCTYPE html><html><body>Service temporarily unavailable</body></html>\n');
    default:
      return Buffer.from(kind);
  }
}
