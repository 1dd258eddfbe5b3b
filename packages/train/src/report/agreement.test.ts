// What the screen, report.md and report.html say of a candidate is the same, and is what the report holds: each is read
// back and held against numbers that this test rounds itself.
import { describe, expect, it } from 'vitest';
import type { CandidateReport, SearchReport } from '../search/search-report.js';
import { formatSearchHtml } from './format-search-html.js';
import { formatSearchMarkdown } from './format-search-markdown.js';
import { formatSearchSummary } from './format-search-summary.js';
import { allElements, type Element, parseStrictHtml, textOf } from './testing/parse-strict-html.js';
import { searchReportFixture, type Situation } from './testing/search-report-fixture.js';

interface Read {
  readonly name: string;
  readonly word: string;
  readonly skill: string;
  readonly interval: string;
  readonly loss: string;
  readonly prior: string;
  readonly best: string;
  readonly against: string;
  readonly p: string;
  readonly f1: string;
  readonly rows: string;
  readonly folds: string;
}

const WORDS: Readonly<Record<string, string>> = { prior: 'class shares', recent: 'recent class shares', 'last-label': 'last known label', 'look-back': 'look back', random: 'random draw', 'equal-chances': 'equal chances' };

function expected(candidate: CandidateReport, isFlawed: boolean): Read {
  const percent = (share: number): string => `${Math.round(1000 * share) / 10}`.replace(/^(-?\d+)$/, '$1.0').replace(/^-0\.0$/, '0.0');
  const three = (value: number | null): string => (Math.round(1000 * (value ?? 0)) / 1000).toString().replace(/^(\d+)$/, '$1.').replace(/\.(\d*)$/, (_, digits: string) => `.${digits.padEnd(3, '0')}`);
  const lossOf = (name: string): string => three(candidate.baselines.find((baseline) => baseline.name === name)?.scores.logLoss ?? null);
  const { interval } = candidate.skill;
  const p = candidate.adjustedPValue;
  return {
    name: candidate.name,
    word: isFlawed ? 'flawed' : candidate.hasSkill ? 'yes' : 'none shown',
    skill: percent(candidate.skill.skill),
    interval: interval === null ? '-' : `${percent(interval[0])} to ${percent(interval[1])}`,
    loss: three(candidate.pooled.logLoss),
    prior: lossOf('prior'),
    best: `${WORDS[candidate.bestBaseline]} ${lossOf(candidate.bestBaseline)}`,
    against: percent(candidate.skillAgainstBest.skill),
    p: p === null ? '-' : p < 0.001 ? '<0.001' : three(p),
    f1: three(candidate.medians.f1),
    rows: String(candidate.classCounts[0] + candidate.classCounts[1] + candidate.classCounts[2]),
    folds: String(candidate.folds),
  };
}

const bare = (text: string): string => text.replace(/ %/g, '');

function readScreen(text: string): Read[] {
  const lines = text.split('\n');
  const header = lines.findIndex((line) => line.startsWith('candidate '));
  const rule = lines[header + 1];
  const columns = [...rule.matchAll(/-+/g)].map((match) => [match.index, match.index + match[0].length] as const);
  const rows = lines.slice(header + 2, lines.findIndex((line) => line.startsWith('-/0/+ %:')));
  return rows.map((line) => {
    const [name, folds, count, , f1, loss, prior, skill, interval, best, against, p, word] = columns.map(([from, to]) => line.slice(from, to).trim());
    const [short, bestLoss] = best.split(' ');
    return { name, word: word === 'none' ? 'none shown' : word, skill, interval, loss, prior, best: `${WORDS[short]} ${bestLoss}`, against, p, f1, rows: count, folds };
  });
}

function readMarkdown(text: string): Read[] {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.startsWith('| Candidate | Skill shown')) + 2;
  return lines.slice(from, lines.indexOf('', from)).map((line) => {
    const [name, word, skill, interval, loss, prior, best, against, , , , , p, f1, folds, rows] = line.split('|').slice(1, -1).map((cell) => cell.trim());
    return { name, word, skill: bare(skill), interval: bare(interval), loss, prior, best, against: bare(against), p, f1, rows, folds };
  });
}

function readHtml(text: string): Read[] {
  const table = allElements(parseStrictHtml(text)).find(({ tag, attributes }) => tag === 'table' && attributes.class === 'overview') as Element;
  const body = allElements(table).find(({ tag }) => tag === 'tbody') as Element;
  return allElements(body).filter(({ tag }) => tag === 'tr').map((line) => {
    const cells = line.children.filter((cell): cell is Element => typeof cell !== 'string');
    const [name, word, skill, p, loss, prior, best, against, f1, , rows] = cells.map((cell) => cell.children.filter((part) => typeof part === 'string' || part.tag !== 'small').map((part) => (typeof part === 'string' ? part : textOf(part))).join('').trim());
    const small = (i: number): string => textOf(allElements(cells[i]).find(({ tag }) => tag === 'small') as Element);
    return { name, word: word.replace(/^\S+ /, ''), skill: bare(skill), interval: bare(small(2)), loss, prior, best: `${small(6)} ${best}`, against: bare(against), p, f1, rows, folds: small(10).replace(' folds', '') };
  });
}

describe.each(['no-skill', 'skill', 'chance', 'flawed', 'unpurged', 'failures', 'single', 'scattered', 'short', 'synthetic', 'second-stage', 'large'] as readonly Situation[])('%s', (situation) => {
  const report: SearchReport = searchReportFixture(situation);
  const wanted = report.candidates.map((candidate) => expected(candidate, report.flaws.length > 0));

  it.each([
    ['screen', readScreen(formatSearchSummary(report))],
    ['report.md', readMarkdown(formatSearchMarkdown(report))],
    ['report.html', readHtml(formatSearchHtml(report))],
  ])('%s', (_, found) => {
    expect(found).toEqual(wanted);
  });
});

it('tells the same verdict everywhere, early', () => {
  for (const situation of ['no-skill', 'skill', 'chance', 'flawed', 'single', 'synthetic'] as const) {
    const report = searchReportFixture(situation);
    const headline = { 'no-skill': 'No measurable skill.', skill: 'Measurable skill: T7_X8, T10_X6 and T14_X12, of 20 candidates.', chance: 'No measurable skill.', flawed: 'These scores are an artefact, not skill.', single: 'No measurable skill.', synthetic: 'Measurable skill: all 20 candidates.' }[situation];
    expect(formatSearchSummary(report).replace(/\s+/g, ' ')).toContain(headline);
    expect(formatSearchMarkdown(report).split('\n')[2]).toContain(`**${headline}**`);
    const elements = allElements(parseStrictHtml(formatSearchHtml(report)));
    expect(textOf(elements.find(({ attributes }) => attributes.class === 'headline') as Element)).toBe(headline);
    expect(textOf(elements.find(({ tag }) => tag === 'title') as Element).startsWith(headline)).toBe(true);
  }
});
