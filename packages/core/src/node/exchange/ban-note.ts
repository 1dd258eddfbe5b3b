// A ban that outlives the process: a program that goes on asking while it is banned is banned for longer, for up to three days.
import { z } from 'zod';
import type { Venue } from '../market-data/raw-klines-path.js';
import type { ArtifactStore } from '../store/artifact-store.js';
import type { BanNote } from './exchange.js';

const MAX_BYTES = 10_000;
const note = z.object({ banned_until: z.iso.datetime() });

/** Keeps the end of a ban in `data/raw/binance_ban.json` (`binance-usdm_ban.json` for futures) of the store. A file that is something else counts as none. */
export function storedBanNote(store: Pick<ArtifactStore, 'read' | 'replace'>, options: { readonly venue?: Venue } = {}): BanNote {
  const path = { spot: 'data/raw/binance_ban.json', usdm: 'data/raw/binance-usdm_ban.json' }[options.venue ?? 'spot'];
  return {
    read: async () => {
      const bytes = await store.read(path, { maxBytes: MAX_BYTES }).catch(() => undefined);
      if (bytes === undefined) return undefined;
      try {
        const parsed = note.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
        return parsed.success ? Date.parse(parsed.data.banned_until) : undefined;
      } catch {
        return undefined;
      }
    },
    write: (untilMs) => store.replace(path, new TextEncoder().encode(`${JSON.stringify({ banned_until: new Date(untilMs).toISOString() })}\n`)),
  };
}
