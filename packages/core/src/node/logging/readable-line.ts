// An event as people read it on a terminal.

const SYMBOLS = { info: '·', warn: '!', error: '✗' } as const;
const MAX_CHARS = 400;

/** @example readableLine({ level: 'warn', job: 'predict', event: 'stale data', facts: { symbol: 'BTCUSDT' } }) // '! predict: stale data, symbol BTCUSDT' */
export function readableLine({ level, job, event, facts }: { readonly level: 'info' | 'warn' | 'error'; readonly job: string; readonly event: string; readonly facts: unknown }): string {
  const said = typeof facts === 'object' && facts !== null ? Object.entries(facts).map(([name, value]) => `${name} ${printed(value)}`) : [];
  const line = `${SYMBOLS[level]} ${[`${job}: ${event}`, ...said].join(', ')}`;
  // Escape sequences of a text from elsewhere have no business on a terminal.
  // oxlint-disable-next-line no-control-regex
  const plain = line.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return plain.length > MAX_CHARS ? `${plain.slice(0, MAX_CHARS)}…` : plain;
}

function printed(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
