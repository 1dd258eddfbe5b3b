// The check of stored klines as text: below the report on the bars, what their manifest says, and how to repair them.
import { wrapWords } from '@forecastlab/core';
import type { ManifestCheck, RepairPlan, RestatedBar, StoredKlinesCheck } from '@forecastlab/core/node';
import { printableText } from './report/printable-text.js';

const COLUMNS = 98;
// More than this is read in the manifest or with --json.
const SHOWN = 10;

interface FormatOptions {
  /** The command that repairs this market, or makes its klines anew. */
  readonly repairCommand: string;
  /** True for klines that are not repaired but made anew, as the sample market is. */
  readonly isMadeAnew: boolean;
}

/** What the manifest says, and the way out. Ends without a line break. */
export function formatStoredCheck({ manifest, repair }: StoredKlinesCheck, options: FormatOptions): string {
  const lines = manifest === undefined ? ['There is no manifest: the klines were put there by hand, and nobody vouches for them.'] : manifestLines(manifest);
  return [...lines, ...repairLines(repair, options)].map((line) => (line.startsWith(' ') ? line : wrapWords(line, COLUMNS, '  '))).join('\n');
}

function manifestLines(manifest: ManifestCheck): string[] {
  const { isUnchanged, changedMonths, mismatches, confirmedGaps, unexplainedGaps, confirmedBars, restated, refusedArchives, sources } = manifest;
  const changed =
    changedMonths.length === 0
      ? 'The file was written anew since it was stored, by another program perhaps; its bars are the same.'
      : `The file was changed since it was stored: other bars in ${list(changedMonths)}. It was edited or damaged, or an update was killed before it wrote the manifest.`;
  return [
    isUnchanged ? 'The file is as it was stored.' : changed,
    ...section('The manifest does not fit; move it aside and run data update, which makes it anew:', mismatches.map(({ field, says, is }) => `${field} says ${says}, and is ${is}`)),
    ...section('Bars came from:', sources.map(({ source, from, to }) => `${source}, ${minute(from)} to ${minute(to)}`)),
    ...section(
      `The exchange has no bars for ${plural(confirmedGaps.length, 'gap')}: it was down, and there is nothing to repair.`,
      confirmedGaps.map(({ from, to, bars }) => `${minute(from)} to ${minute(to)} (${bars})`),
    ),
    ...section(
      `Nobody has asked the exchange yet about ${plural(unexplainedGaps.length, 'gap')}:`,
      unexplainedGaps.map(({ from, to, bars }) => `${minute(from)} to ${minute(to)} (${bars})`),
    ),
    ...section(
      'The exchange gave these odd bars in just this way when it was asked again:',
      confirmedBars.map(({ from, to }) => (from === to ? minute(from) : `${minute(from)} to ${minute(to)}`)),
    ),
    ...section(`The exchange changed ${plural(restated.length, 'bar')} after ${restated.length === 1 ? 'it was' : 'they were'} stored; the new values are stored since, so a model trained before saw others.`, restated.map(restatedBar)),
    ...section(
      `${plural(refusedArchives.length, 'archive')} of the exchange could not be taken; the bars came from its API.`,
      refusedArchives.map(({ name, refused }) => `${name}: ${refused}`),
    ),
  ];
}

function repairLines({ spans, needsRewrite }: RepairPlan, { repairCommand, isMadeAnew }: FormatOptions): string[] {
  if (spans.length === 0 && !needsRewrite) return ['There is nothing to repair.'];
  const fetched = spans.map(({ fromMs, toMs, reasons }) => `${minute(new Date(fromMs).toISOString())} up to ${minute(new Date(toMs).toISOString())}: ${reasons.join(', ')}`);
  if (isMadeAnew) return ['To have them anew, move the file and its manifest aside, and run:', `  ${repairCommand}`];
  return [
    'To repair:',
    `  ${repairCommand}`,
    ...(needsRewrite ? ['It sorts the rows and drops repeated ones.'] : []),
    ...section(`It fetches ${plural(spans.length, 'span')} again:`, fetched),
  ];
}

/** A heading and its entries, the first few; nothing without entries. */
function section(heading: string, entries: readonly string[]): string[] {
  if (entries.length === 0) return [];
  const shown = entries.slice(0, SHOWN).map((entry) => `  ${wrapWords(printableText(entry), COLUMNS, '    ')}`);
  return [heading, ...shown, ...(entries.length > SHOWN ? [`  … and ${entries.length - SHOWN} more`] : [])];
}

function restatedBar({ open, noticed, source, before, after }: RestatedBar): string {
  const columns = Object.keys(before).map((column) => `${column} ${before[column] ?? 'none'} → ${after[column] ?? 'none'}`);
  return `${minute(open)}: ${columns.join(', ')} (noticed ${noticed.slice(0, 10)}, from ${source})`;
}

function list(words: readonly string[]): string {
  return `${words.slice(0, SHOWN).join(', ')}${words.length > SHOWN ? ` and ${words.length - SHOWN} more months` : ''}`;
}

const plural = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;
const minute = (isoTime: string): string => `${isoTime.slice(0, isoTime.endsWith(':00.000Z') ? 16 : 19).replace('T', ' ')}Z`;
