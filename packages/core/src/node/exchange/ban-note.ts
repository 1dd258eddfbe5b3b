// Bans that outlive the process: a program that goes on asking while it is banned is banned for longer, for up to three days.
import { z } from 'zod';
import type { Venue } from '../../klines/market.js';
import type { ArtifactStore } from '../store/artifact-store.js';
import type { BanNote } from './exchange.js';
import { VENUES } from './venue.js';

const MAX_BYTES = 10_000;
const MAX_BANS = 20;
const ban = z.object({ banned_until: z.iso.datetime(), hosts: z.array(z.string()) });
type Ban = z.infer<typeof ban>;
const noteSchema = z.object({ bans: z.array(ban) });
/** As earlier versions wrote it, of the exchange's own hosts. */
const oldSchema = z.object({ banned_until: z.iso.datetime() });

/**
 * Keeps the ends of bans in `data/raw/binance_ban.json` (`binance-usdm_ban.json` for futures) of the store, each with the hosts that were
 * asked when it came: it holds for whoever asks any of them, and for no mirror of somebody else. A file that is something else counts as none.
 */
export function storedBanNote(
  store: Pick<ArtifactStore, 'read' | 'replace'>,
  options: {
    /** Default: `spot`. */
    readonly venue?: Venue;
    /** The hosts that are asked. Default: the exchange's own. */
    readonly baseUrls?: readonly string[] | undefined;
  } = {},
): BanNote {
  const { venue = 'spot' } = options;
  const path = { spot: 'data/raw/binance_ban.json', usdm: 'data/raw/binance-usdm_ban.json' }[venue];
  const ownHosts = hostsOf(VENUES[venue].baseUrls);
  const hosts = options.baseUrls === undefined ? ownHosts : hostsOf(options.baseUrls);
  const isMine = (each: Ban): boolean => each.hosts.some((host) => hosts.includes(host));

  async function readBans(): Promise<readonly Ban[]> {
    const bytes = await store.read(path, { maxBytes: MAX_BYTES }).catch(() => undefined);
    if (bytes === undefined) return [];
    try {
      const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
      const parsed = noteSchema.safeParse(json);
      if (parsed.success) return parsed.data.bans;
      const old = oldSchema.safeParse(json);
      return old.success ? [{ banned_until: old.data.banned_until, hosts: ownHosts }] : [];
    } catch {
      return [];
    }
  }

  return {
    read: async () => {
      const ends = (await readBans()).filter(isMine).map((each) => Date.parse(each.banned_until));
      return ends.length === 0 ? undefined : Math.max(...ends);
    },
    write: async (untilMs) => {
      const others = (await readBans()).map((each) => ({ ...each, hosts: each.hosts.filter((host) => !hosts.includes(host)) })).filter((each) => each.hosts.length > 0);
      const bans: readonly Ban[] = [{ banned_until: new Date(untilMs).toISOString(), hosts }, ...others].slice(0, MAX_BANS);
      await store.replace(path, new TextEncoder().encode(`${JSON.stringify({ bans })}\n`));
    },
  };
}

function hostsOf(baseUrls: readonly string[]): string[] {
  return [...new Set(baseUrls.filter((url) => URL.canParse(url)).map((url) => new URL(url).host))];
}
