// A part of an evidence report that is made elsewhere, such as the study of signals.
import type { Html } from '../report/html/html.js';

export interface EvidenceSection {
  /** Becomes an id of the page: small letters and -. */
  readonly id: string;
  readonly title: string;
  /** What stands below the heading, on the page and in report.md. */
  readonly html: Html;
  readonly markdown: string;
}
