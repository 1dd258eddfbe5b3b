// The Retry-After header: seconds, or a date. Source: RFC 9110, section 10.2.3.

// The only form of date that senders may write, "Sun, 06 Nov 1994 08:49:37 GMT"; others would be read in local time.
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Milliseconds to wait, 0 for a date that is past, or undefined when the header is absent or says nothing that can be read. */
export function readRetryAfterMs(header: string | undefined, options: { readonly nowMs: number }): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,12}$/.test(text)) return Number(text) * 1000;
  if (!HTTP_DATE.test(text)) return undefined;
  const timeMs = Date.parse(text);
  return Number.isNaN(timeMs) ? undefined : Math.max(0, timeMs - options.nowMs);
}
