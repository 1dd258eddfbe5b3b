// The one way in which text and values lose their secrets before they are logged, told or recorded.
import { REDACTED, redactText } from './redact-text.js';
import { safeValue, type SafeLimits } from './safe-value.js';
import { isSecretName } from './secret-names.js';

/** Takes secrets out. */
export interface Redactor {
  /** At most `maxChars` characters (default 8192), without secrets. */
  text(text: string, maxChars?: number): string;
  /** A JSON-safe copy of bounded size without secrets: errors as their name, message, code and causes, circles cut. */
  value(value: unknown, limits?: SafeLimits): unknown;
}

/** A shorter value is too common to be searched for in every text. */
const MIN_SECRET_CHARS = 6;
/** One that was given as a secret is one, however short. */
const MIN_GIVEN_CHARS = 4;
const COMMON = /^(production|development|staging|default|disabled|enabled|optional|required|localhost|undefined|anonymous)$/i;
/** Variables such as GOOGLE_APPLICATION_CREDENTIALS say where a secret lies. */
const PATH_NAME = /(credentials|file|path|dir|home|sock)$/i;
const MAX_CHARS = 8192;
/** Beyond the cut, so that a secret that stands across it is seen whole. */
const OVERLAP_CHARS = 4096;

/**
 * A redactor that knows secrets by the names and forms that secrets have, and by value those of the environment.
 * @param env variables: values of those with a secret's name, and passwords in addresses, are taken out wherever they stand
 * @param options.secrets further values, such as the address of a webhook
 */
export function createRedactor(env: Readonly<Record<string, string | undefined>>, options: { readonly secrets?: readonly string[] } = {}): Redactor {
  const known = [...new Set([...secretsOf(env).filter((secret) => secret.length >= MIN_SECRET_CHARS), ...(options.secrets ?? []).filter((secret) => secret.length >= MIN_GIVEN_CHARS)].flatMap(formsOf))];
  // The longest first: one may be part of another.
  known.sort((a, b) => b.length - a.length);
  const overlap = Math.max(OVERLAP_CHARS, known[0]?.length ?? 0);
  const text = (whole: string, maxChars = MAX_CHARS): string => {
    let seen = whole.length > maxChars + overlap ? whole.slice(0, maxChars + overlap) : whole;
    for (const secret of known) if (seen.includes(secret)) seen = seen.split(secret).join(REDACTED);
    seen = redactText(seen);
    const wasCut = seen.length > maxChars;
    return wasCut ? `${seen.slice(0, maxChars)}… (${whole.length} characters)` : seen;
  };
  return { text, value: (value, limits) => safeValue(value, { text, isSecretName, limits }) };
}

function secretsOf(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (value === undefined || value === '') return [];
    if (isSecretName(name)) return COMMON.test(value) || (PATH_NAME.test(name) && /^(\.{0,2}\/|[A-Za-z]:[\\/])/.test(value)) ? [] : [value];
    const password = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@]*:([^/?#@]+)@/i.exec(value)?.[1];
    return password === undefined ? [] : [password];
  });
}

/** As it is, and as it stands in addresses and in JSON. */
function formsOf(secret: string): string[] {
  const wellFormed = toWellFormed(secret);
  return [secret, encodeURIComponent(wellFormed), decoded(wellFormed), JSON.stringify(secret).slice(1, -1)].filter((form) => form.length >= MIN_GIVEN_CHARS);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** encodeURIComponent throws at half a pair. */
function toWellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}

let ofProcess: Redactor | undefined;

/** The redactor for the variables of this process. */
export function processRedactor(): Redactor {
  return (ofProcess ??= createRedactor(process.env));
}
