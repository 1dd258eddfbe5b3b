// Dates in headers, and the Retry-After header: seconds, or a date. Source: RFC 9110, sections 5.6.7 and 10.2.3.

// The only form of date that senders may write, "Sun, 06 Nov 1994 08:49:37 GMT"; others would be read in local time.
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Milliseconds to wait, 0 for a date that is past, or undefined when the header is absent or says nothing that can be read. */
export function readRetryAfterMs(header: string | undefined, options: { readonly nowMs: number }): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,12}$/.test(text)) return Number(text) * 1000;
  const timeMs = readHttpDate(text);
  return timeMs === undefined ? undefined : Math.max(0, timeMs - options.nowMs);
}

/** UTC ms of a date as headers write it; undefined for anything else. */
export function readHttpDate(text: string): number | undefined {
  const timeMs = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
