// What goes wrong, and with which request.

export type FaultKind =
  /** The deed is done, and the connection cut before the answer. */
  | 'lost'
  /** The connection is cut and nothing done. */
  | 'cut'
  /** 429, nothing done. */
  | 'busy'
  /** 503, nothing done. */
  | 'unavailable'
  /** 503, yet the deed is done. */
  | 'done-unavailable'
  /** The deed is done; of the answer's body only half comes. */
  | 'truncated'
  /** The deed is done; the answer comes after `delayMs`. */
  | 'slow'
  /** 401 and 403. */
  | 'unauthorized'
  | 'forbidden';

export interface Fault {
  readonly kind: FaultKind;
  /** Only requests of this method. Default: any. */
  readonly method?: string;
  /** Only requests whose decoded path and query (with `&name=` of uploads) fit. Default: any. */
  readonly path?: RegExp;
  /** The how manieth of the fitting requests, counted from 1 from now on. Default: 1. */
  readonly at?: number;
  /** How many in a row. Default: 1. Infinity: from then on. */
  readonly times?: number;
  /** Retry-After of 'busy', in seconds. Default: none. */
  readonly retryAfterS?: number;
  /** Of 'slow'. Default: 100. */
  readonly delayMs?: number;
}

export interface Faults {
  add(fault: Fault): void;
  /** Requests fail at random from now on: a share of them, each kind as often as the others. `random` gives [0, 1). */
  mix(options: { readonly random: () => number; readonly share: number; readonly kinds: readonly FaultKind[] }): void;
  clear(): void;
  /** How often each kind has happened. */
  readonly happened: Readonly<Partial<Record<FaultKind, number>>>;
}

export function createFaults(): Faults & { next(method: string, path: string): Fault | undefined } {
  let scripted: { readonly fault: Fault; seen: number }[] = [];
  let mixed: Parameters<Faults['mix']>[0] | undefined;
  const happened: Partial<Record<FaultKind, number>> = {};
  const choose = (method: string, path: string): Fault | undefined => {
    let chosen: Fault | undefined;
    for (const entry of scripted) {
      const { method: wanted, path: pattern, at = 1, times = 1 } = entry.fault;
      if ((wanted !== undefined && wanted !== method) || pattern?.test(path) === false) continue;
      entry.seen += 1;
      if (entry.seen >= at && entry.seen < at + times) chosen ??= entry.fault;
    }
    if (chosen !== undefined || mixed === undefined || mixed.random() >= mixed.share) return chosen;
    return { kind: mixed.kinds[Math.floor(mixed.random() * mixed.kinds.length)] };
  };
  return {
    add: (fault) => void scripted.push({ fault, seen: 0 }),
    mix: (options) => void (mixed = options),
    clear: () => {
      scripted = [];
      mixed = undefined;
    },
    happened,
    next: (method, path) => {
      const fault = choose(method, path);
      if (fault !== undefined) happened[fault.kind] = (happened[fault.kind] ?? 0) + 1;
      return fault;
    },
  };
}
