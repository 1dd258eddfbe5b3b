// report.md of an evidence run, for people who read files in an editor, a terminal or on a code host.
import { escapeMarkdown, escapeMarkdownCell, markdownCode } from '../report/escape-markdown.js';
import { markdownTable } from '../report/markdown-table.js';
import type { EvidenceReport } from './evidence-report.js';
import type { EvidenceSection } from './evidence-section.js';
import { ablationTable, calibrationTable, type EvidenceTable, forecastTable, MAIN_CAPTION, mainTable, partTable, stabilityTables } from './evidence-tables.js';
import { EVIDENCE_DEFINITIONS, evidenceLimits, evidenceOptions, evidenceTrials, marketLine } from './evidence-words.js';

/**
 * The report as GitHub-flavoured Markdown; ends with a line break. Texts of the report are escaped. `sections`: parts made elsewhere,
 * set before "How it was done".
 * @example await store.replace(`${folder}/report.md`, new TextEncoder().encode(formatEvidenceMarkdown(report)))
 */
export function formatEvidenceMarkdown(report: EvidenceReport, { sections = [] }: { readonly sections?: readonly EvidenceSection[] } = {}): string {
  const { verdict, pooled, alone, markets, interval } = report;
  const ablation = ablationTable(report);
  const blocks = [
    `# Evidence: ${escapeMarkdown(markets.map(({ symbol }) => symbol).join(', '))} ${escapeMarkdown(interval)}${markets.some(({ isSynthetic }) => isSynthetic) ? ' (SYNTHETIC)' : ''}`,
    [`**${escapeMarkdown(verdict.headline)}**`, ...verdict.sentences.map(escapeMarkdown)].join(' '),
    ...report.warnings.map((warning) => `> ⚠ ${escapeMarkdown(warning)}`),
    escapeMarkdown(evidenceTrials(report)),
    ...(pooled.length === 0 ? [] : [`## One model for all markets`, tableText(mainTable(pooled, { title: '', caption: MAIN_CAPTION })), pooled.map(({ candidate, verdict: { sentence } }) => `- ${escapeMarkdown(candidate)}: ${escapeMarkdown(sentence)}`).join('\n')]),
    ...(ablation === null ? [] : [`## ${ablation.title}`, tableText(ablation)]),
    ...stabilityTables(report).flatMap((table) => [`## ${table.title}`, tableText(table)]),
    ...(alone.length === 0 ? [] : ['## A model for each market alone', ...alone.flatMap(({ symbol, evidence }) => [`### ${escapeMarkdown(symbol)}`, tableText(mainTable(evidence, { title: '', caption: 'Fitted and judged on this market alone.' }))])]),
    ...(pooled.length === 0 ? [] : ['## Calibration', tableText(calibrationTable(report))]),
    ...pooled.flatMap((evidence) => [`## ${escapeMarkdown(evidence.candidate)} in detail`, tableText(partTable(evidence)), tableText(forecastTable(evidence))]),
    ...sections.flatMap(({ title, markdown }) => [`## ${title}`, markdown]),
    ...(report.failures.length === 0 ? [] : ['## What failed', report.failures.map(({ candidate, message, hint }) => `- ${escapeMarkdown(candidate)}: ${escapeMarkdown(message)}${hint === null ? '' : ` Hint: ${escapeMarkdown(hint)}`}`).join('\n')]),
    '## How it was done',
    markdownTable([{ header: 'Option' }, { header: 'Value' }], [
      ...markets.map((market) => [escapeMarkdownCell(market.symbol), escapeMarkdownCell(marketLine(market, interval))]),
      ...evidenceOptions(report).map(([name, value]) => [escapeMarkdownCell(name), escapeMarkdownCell(value)]),
    ]),
    `To repeat it, with bars of the same fingerprints at hand: ${markdownCode(report.command)}`,
    '## What it does not say',
    evidenceLimits(report).map((limit) => `- ${escapeMarkdown(limit)}`).join('\n'),
    '## How to read this',
    EVIDENCE_DEFINITIONS.map(({ term, meaning }) => `- **${term}**: ${escapeMarkdown(meaning)}`).join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** The table with its caption below. */
function tableText({ caption, headers, rows }: EvidenceTable): string {
  const table = markdownTable(
    headers.map((header, i) => ({ header: escapeMarkdownCell(header), align: i === 0 ? ('left' as const) : ('right' as const) })),
    rows.map((row) => row.map(({ text, note }) => (note === undefined ? escapeMarkdownCell(text) : `${escapeMarkdownCell(text)} (${escapeMarkdownCell(note)})`))),
  );
  return `${table}\n\n${escapeMarkdown(caption)}`;
}
