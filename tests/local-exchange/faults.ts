// Faults: which requests they meet, and what happens to those.

/** Which requests a fault meets. Every field that is given must fit. */
export interface FaultMatch {
  /** The whole path, or a pattern in it. Default: every path. */
  readonly path?: string | RegExp;
  /** Values of the query, whole or as patterns. */
  readonly query?: Readonly<Record<string, string | RegExp>>;
  /** Which address, counted from 0. Default: all. */
  readonly host?: number;
  /** The fault begins at the nth request that fits, counted from 1 since it was added. Default 1. */
  readonly nth?: number;
  /** How many requests it meets. Default 1; `Infinity` for all from then on. */
  readonly times?: number;
}

export type FaultEffect =
  /** The exchange's own words for the status, or `body`. No weight is charged. */
  | { readonly kind: 'status'; readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>>; readonly retryAfterSeconds?: number }
  /** A page for people where JSON is due, with status 200 or another. */
  | { readonly kind: 'html'; readonly status?: number }
  /** The connection is reset before any answer. For a port where nobody listens see `LocalExchange.down`. */
  | { readonly kind: 'reset' }
  /** The connection ends in the middle of the body, after this many bytes (default half). */
  | { readonly kind: 'cut'; readonly afterBytes?: number }
  /** Waits in real time: before the head, and between pieces of the body. */
  | { readonly kind: 'slow'; readonly headMs?: number; readonly pieceMs?: number; readonly pieceBytes?: number }
  /** Nothing more comes, and the connection stays open: before the head (default) or after this many bytes of the body. */
  | { readonly kind: 'hang'; readonly afterBytes?: number }
  /** The answer says nothing of its length, and comes in chunks. */
  | { readonly kind: 'no-length' }
  /** The connection simply ends where the body does, or after this many bytes; no length was said, so the reader cannot tell. */
  | { readonly kind: 'until-close'; readonly afterBytes?: number }
  | { readonly kind: 'gzip' }
  /** Status 200 and no body at all. */
  | { readonly kind: 'empty' }
  /** Rows of a klines answer are repeated, put in reverse order, or some left out of the middle. */
  | { readonly kind: 'rows'; readonly edit: 'duplicate' | 'reverse' | 'drop-middle' }
  /** Server times of the answer are off by so much (negative: late). */
  | { readonly kind: 'time'; readonly byMs: number }
  /** Any other change of the body. */
  | { readonly kind: 'edit'; readonly edit: (body: string) => string };

export type Fault = FaultMatch & FaultEffect;

export interface Faults {
  /** Later faults come after earlier ones: a request meets the first that fits. Returns how to take it away again. */
  add(fault: Fault): () => void;
  clear(): void;
  /** The fault that this request meets; counts it. */
  take(request: { readonly host: number; readonly path: string; readonly query: URLSearchParams }): Fault | undefined;
}

export function createFaults(): Faults {
  let entries: { readonly fault: Fault; seen: number; met: number }[] = [];
  return {
    add: (fault) => {
      const entry = { fault, seen: 0, met: 0 };
      entries.push(entry);
      return () => {
        entries = entries.filter((other) => other !== entry);
      };
    },
    clear: () => {
      entries = [];
    },
    take: (request) => {
      let taken: Fault | undefined;
      for (const entry of entries) {
        const { fault } = entry;
        if (!fits(fault, request)) continue;
        entry.seen += 1;
        if (taken !== undefined || entry.seen < (fault.nth ?? 1) || entry.met >= (fault.times ?? 1)) continue;
        entry.met += 1;
        taken = fault;
      }
      return taken;
    },
  };
}

function fits(fault: FaultMatch, { host, path, query }: { readonly host: number; readonly path: string; readonly query: URLSearchParams }): boolean {
  const same = (wanted: string | RegExp, value: string | null): boolean => value !== null && (typeof wanted === 'string' ? wanted === value : wanted.test(value));
  if (fault.host !== undefined && fault.host !== host) return false;
  if (fault.path !== undefined && !same(fault.path, path)) return false;
  return Object.entries(fault.query ?? {}).every(([name, wanted]) => same(wanted, query.get(name)));
}
