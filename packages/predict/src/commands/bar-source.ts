// Where a command brings bars from before it predicts.
import { type ArtifactStore, type CommandContext, type KlinesSource, openSources, type UpdateKlinesOptions, type Venue } from '@forecastlab/core/node';
import type { BarSource } from '../bars/update-stored-bars.js';

/** The source of these options; one exchange, with one budget and one clock, for all markets of a venue. */
export function barSource(source: KlinesSource | 'sample', { baseUrl, dumpsUrl }: { readonly baseUrl?: readonly string[] | undefined; readonly dumpsUrl?: string | undefined }, context: CommandContext, store: ArtifactStore): BarSource {
  if (source === 'sample') return { kind: 'sample' };
  const common = { nowMs: () => context.nowMs(), signal: context.signal, log: (text: string) => context.log(text) };
  const opened = new Map<Venue, UpdateKlinesOptions>();
  return {
    kind: 'exchange',
    open(venue) {
      const sources = opened.get(venue) ?? { ...common, ...openSources({ ...common, store, root: context.root, venue, baseUrls: baseUrl, dumpsUrl }), source };
      opened.set(venue, sources);
      return sources;
    },
  };
}
