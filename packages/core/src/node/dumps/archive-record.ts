// What the manifest of klines keeps of an archive.

/** An archive of the exchange's dump site whose bars are stored, or that had to be replaced. */
export interface ArchiveRecord {
  /** `BTCUSDT-1d-2024-01.zip`. */
  readonly name: string;
  /** As its CHECKSUM file said. */
  readonly sha256: string;
  /** Of the answer's header, ISO 8601 UTC; null when it had none. */
  readonly last_modified: string | null;
  readonly rows: number;
  /** Why its bars came from REST instead (a bad checksum, a wrong member); absent for archives that were taken. */
  readonly refused?: string;
}
