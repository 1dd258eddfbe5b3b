// Where archives are the only source, no exchange says which bars there are: a clock that runs years ahead would ask for thousands
// of archives that are not there. After a long silence the trail has ended.
const SILENCE_MS = 62 * 86_400_000;

export class ArchiveTrail {
  private lastMs: number | undefined;
  private over = false;

  /** @param lastMs end of the bars that are stored already, UTC ms; undefined without any: an archive must come first, for a market may be listed late */
  constructor(lastMs?: number) {
    this.lastMs = lastMs;
  }

  /** End of the last bars before the silence, UTC ms; undefined while more may come. */
  get endMs(): number | undefined {
    return this.over ? this.lastMs : undefined;
  }

  /** An archive was there, up to this time. */
  found(toMs: number): void {
    this.lastMs = toMs;
  }

  /** An archive was absent, up to this time. */
  missed(toMs: number): void {
    this.over ||= this.lastMs !== undefined && toMs - this.lastMs >= SILENCE_MS;
  }
}
