// What the object store tells of an object beside its bytes.
import { ForecastLabError } from '../../../errors.js';

/** Metadata under which the marks of the writes that an object contains are kept, newest first. */
export const WRITES_KEY = 'forecastlab-writes';

export interface ObjectFacts {
  readonly generation: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Marks of the writes that it contains, newest first; none when it was made by another program. */
  readonly writes: readonly string[];
  /** How long ago it was written, by the store's own clock (to the second), in ms. */
  readonly ageMs: number;
}

/** Reads the JSON document of an object. Throws FAILED when it is none. */
export function readFacts(document: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>>, place: string): ObjectFacts {
  const { generation } = document;
  if (typeof generation !== 'string' || !/^\d+$/.test(generation)) {
    throw new ForecastLabError('FAILED', `${place}: the answer does not say which generation it is.`, { hint: 'It is not one of Google Cloud Storage; see STORAGE_EMULATOR_HOST.' });
  }
  const metadata = Object.fromEntries(Object.entries((document.metadata ?? {}) as Record<string, unknown>).map(([key, value]) => [key, String(value)]));
  const ageMs = Date.parse(headers.date ?? '') - Date.parse(String(document.updated));
  return { generation, metadata, writes: (metadata[WRITES_KEY] ?? '').split(' ').filter((mark) => mark !== ''), ageMs: Number.isFinite(ageMs) ? ageMs : 0 };
}
