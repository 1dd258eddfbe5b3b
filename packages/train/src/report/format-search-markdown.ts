// report.md: the whole of a search for people who read files in an editor, a terminal or on a code host.
import type { SearchReport } from '../search/search-report.js';
import { cautions } from './cautions.js';
import { definitions } from './definitions.js';
import { describeOptions } from './describe-options.js';
import { baselinesOf, describeSearch, marketName } from './describe-search.js';
import { escapeMarkdown, markdownCode } from './escape-markdown.js';
import { markdownBaselines, markdownBalance, markdownReliability, markdownSkillGrid, markdownStability, markdownSummary } from './markdown-sections.js';
import { markdownTable } from './markdown-table.js';
import { repeatCommand } from './repeat-command.js';
import { trialsSentences } from './trials-sentences.js';
import { verdictWords } from './verdict-words.js';

/**
 * The report as GitHub-flavoured Markdown; ends with a line break. Texts of the report are escaped.
 * @example await store.write(`${folder}/report.md`, formatSearchMarkdown(report))
 */
export function formatSearchMarkdown(report: SearchReport): string {
  const blocks = [
    `# Search: ${escapeMarkdown(marketName(report))}${report.market.isSynthetic ? ' (SYNTHETIC)' : ''}`,
    ...verdictBlocks(report),
    escapeMarkdown(describeSearch(report)),
    ...section('Candidates', markdownSummary(report)),
    ...section('Skill by horizon and move', markdownSkillGrid(report)),
    ...section('Baselines', markdownBaselines(report)),
    ...section('Stability over folds', markdownStability(report)),
    ...section('Reliability of the probabilities', markdownReliability(report)),
    ...section('Class balance', markdownBalance(report)),
    ...section('What failed', failureBlock(report)),
    ...section('How it was done', optionBlocks(report)),
    ...section('How to read this', definitions(baselinesOf(report), { hasVolatilityBarriers: report.candidates.some(({ V }) => V !== undefined) }).map(({ term, meaning }) => `- **${term}**: ${escapeMarkdown(meaning)}`).join('\n')),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function section(title: string, body: string): readonly string[] {
  return body === '' ? [] : [`## ${title}`, body];
}

/** The verdict first, then what makes the numbers doubtful, each marked so that it cannot be overlooked. */
function verdictBlocks(report: SearchReport): readonly string[] {
  const { kind, headline, sentences } = verdictWords(report);
  const verdict = [`**${escapeMarkdown(headline)}**`, ...sentences.map(escapeMarkdown)].join(' ');
  return [
    kind === 'flawed' ? `> ⚠ ${verdict}` : verdict,
    ...cautions(report).map((caution) => `> ⚠ ${escapeMarkdown(caution)}`),
    ...[trialsSentences(report).map(escapeMarkdown).join(' ')].filter((text) => text !== ''),
  ];
}

function failureBlock({ failures }: SearchReport): string {
  return failures.map(({ candidate, message, hint }) => `- ${escapeMarkdown(candidate)}: ${escapeMarkdown(message)}${hint === null ? '' : ` Hint: ${escapeMarkdown(hint)}`}`).join('\n');
}

function optionBlocks(report: SearchReport): string {
  const { market } = report;
  const rows = [
    ['Data', `${markdownCode(market.file)}, source ${escapeMarkdown(market.source)}`],
    ['Fingerprint of the bars', markdownCode(market.fingerprint)],
    ...describeOptions(report).map(([name, value]) => [name, escapeMarkdown(value)]),
  ];
  return [
    markdownTable([{ header: 'Option' }, { header: 'Value' }], rows),
    'To repeat it, with the file of the same fingerprint at hand:',
    `~~~sh\n${repeatCommand(report)}\n~~~`,
  ].join('\n\n');
}
