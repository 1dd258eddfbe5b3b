// ISO 8601 dates and times from bytes, as UTC milliseconds. A time without a zone is UTC: exchanges and pandas write it so,
// while Date.parse would take it for local time.

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Milliseconds since 1970 of `YYYY-MM-DD`, or that with `T` or a blank and `HH:MM[:SS[.fraction]]` and `Z`, `±HH:MM` or `±HHMM`;
 * fractions below a millisecond are cut. NaN when the bytes from `start` to `end` are anything else or no calendar date.
 */
export function readIsoTime(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 10 || bytes[start + 4] !== 45 || bytes[start + 7] !== 45) return Number.NaN;
  const day = dayNumber(digits(bytes, start, 4), digits(bytes, start + 5, 2), digits(bytes, start + 8, 2));
  if (end - start === 10) return day * DAY_MS;
  const separator = bytes[start + 10];
  if ((separator !== 84 && separator !== 32) || end - start < 16 || bytes[start + 13] !== 58) return Number.NaN;
  const hour = digits(bytes, start + 11, 2);
  const minute = digits(bytes, start + 14, 2);
  let at = start + 16;
  let milliseconds = 0;
  if (at < end && bytes[at] === 58) {
    if (end - at < 3) return Number.NaN;
    const second = digits(bytes, at + 1, 2);
    if (!(second < 60)) return Number.NaN;
    milliseconds = second * 1000;
    at += 3;
    if (at < end && bytes[at] === 46) {
      at += 1;
      const fractionStart = at;
      let scale = 100;
      for (; at < end && bytes[at] >= 48 && bytes[at] <= 57; at += 1) {
        if (scale >= 1) milliseconds += (bytes[at] - 48) * scale;
        scale /= 10;
      }
      if (at === fractionStart) return Number.NaN;
    }
  }
  if (!(hour < 24 && minute < 60)) return Number.NaN;
  return day * DAY_MS + (hour * 60 + minute) * MINUTE_MS + milliseconds - zoneMinutes(bytes, at, end) * MINUTE_MS;
}

/** Minutes east of UTC; 0 for nothing or `Z`. */
function zoneMinutes(bytes: Uint8Array, start: number, end: number): number {
  if (start === end || (bytes[start] === 90 && start + 1 === end)) return 0;
  const sign = bytes[start] === 43 ? 1 : bytes[start] === 45 ? -1 : Number.NaN;
  const colon = bytes[start + 3] === 58 ? 1 : 0;
  if (end - start !== 5 + colon) return Number.NaN;
  const hour = digits(bytes, start + 1, 2);
  const minute = digits(bytes, start + 3 + colon, 2);
  return hour < 24 && minute < 60 ? sign * (hour * 60 + minute) : Number.NaN;
}

function digits(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let i = start; i < start + count; i += 1) {
    const digit = bytes[i] - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Days since 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil). */
function dayNumber(year: number, month: number, day: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = month === 2 && isLeap ? 29 : DAYS_IN_MONTH[month - 1];
  if (!(day >= 1 && day <= length)) return Number.NaN;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}
