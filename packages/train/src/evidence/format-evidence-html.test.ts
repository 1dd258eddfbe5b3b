import { describe, expect, it } from 'vitest';
import { html } from '../report/html/html.js';
import { printableText } from '../report/printable-text.js';
import { allElements, type Element, parseStrictHtml, textOf } from '../report/testing/parse-strict-html.js';
import { HOSTILE } from '../report/testing/search-report-fixture.js';
import type { EvidenceReport } from './evidence-report.js';
import { formatEvidenceHtml } from './format-evidence-html.js';
import { formatEvidenceMarkdown } from './format-evidence-markdown.js';
import { formatEvidenceSummary } from './format-evidence-summary.js';
import { EVIDENCE_SITUATIONS, evidenceReportFixture } from './testing/evidence-report-fixture.js';

describe.each(EVIDENCE_SITUATIONS)('the evidence report, %s', (situation) => {
  const report = evidenceReportFixture(situation);
  const page = formatEvidenceHtml(report);
  const elements = allElements(parseStrictHtml(page));

  it('is well-formed and loads and runs nothing', () => {
    expect(elements.map(({ tag }) => tag)).not.toContain('script');
    const attributes = elements.flatMap((element) => Object.entries(element.attributes));
    expect(attributes.filter(([name]) => /^(on|src|srcset|action|formaction|xlink|ping|srcdoc|style)/i.test(name))).toEqual([]);
    expect(attributes.filter(([name, value]) => name === 'href' && !value.startsWith('#'))).toEqual([]);
    const [charset, policy] = elements.filter(({ tag }) => tag === 'meta');
    expect(charset.attributes).toEqual({ charset: 'utf-8' });
    expect(policy.attributes.content).toMatch(/^default-src 'none'; style-src 'unsafe-inline';/);
  });

  it('has unique ids with targets, and names every table, header cell and picture', () => {
    const ids = elements.flatMap(({ attributes }) => attributes.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const wanted = elements.flatMap(({ attributes }) => [...(attributes['aria-labelledby']?.split(' ') ?? []), ...(attributes.href === undefined ? [] : [attributes.href.slice(1)])]);
    expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
    for (const table of elements.filter(({ tag }) => tag === 'table')) expect(textOf(allElements(table).find(({ tag }) => tag === 'caption') as Element)).not.toBe('');
    expect(elements.filter(({ tag, attributes }) => tag === 'th' && attributes.scope === undefined)).toEqual([]);
    expect(elements.filter(({ tag, attributes }) => tag === 'svg' && attributes['aria-hidden'] !== 'true' && attributes['aria-labelledby'] === undefined)).toEqual([]);
  });

  it('is the same for the same report, as page, Markdown and summary, and holds no stray value', () => {
    const again = JSON.parse(JSON.stringify(report)) as EvidenceReport;
    expect(again).toEqual(report);
    for (const format of [formatEvidenceHtml, formatEvidenceMarkdown, formatEvidenceSummary]) {
      const text = format(report);
      expect(format(again)).toBe(text);
      expect(text).not.toMatch(/NaN|undefined|\[object|Infinity/);
      expect(text).toContain(report.verdict.headline);
    }
  });

  it('says the same numbers everywhere', () => {
    const text = textOf(elements[0]);
    const markdown = formatEvidenceMarkdown(report);
    for (const { candidate, verdict, comparisons } of report.pooled) {
      const skill = `${(100 * comparisons[comparisons.length - 2].skill.skill).toFixed(1).replace(/^-(0\.0)$/, '$1')} %`;
      for (const shown of [text, markdown]) expect(shown).toContain(skill);
      expect(text).toContain(verdict.sentence);
      expect(formatEvidenceSummary(report)).toContain(candidate);
    }
  });
});

it('a summary fits a terminal', () => {
  for (const situation of ['skill', 'no-skill', 'single', 'short'] as const) expect(Math.max(...formatEvidenceSummary(evidenceReportFixture(situation)).split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});

it('claims no skill where none is shown', () => {
  const report = evidenceReportFixture('no-skill');
  expect(report.verdict).toMatchObject({ hasSkill: false, skilled: [], headline: 'No measurable skill.' });
  const said = textOf(parseStrictHtml(formatEvidenceHtml(report)));
  expect(said).not.toMatch(/✓|(?<!No )[Mm]easurable skill:/);
  expect(said).toContain('23 candidates were tried on these markets: 3 here, the others in 1 earlier run (stage1: 20).');
});

it('shows skill with its part, and that the side has none', () => {
  const { verdict, alone, ablations } = evidenceReportFixture('skill');
  expect(verdict.headline).toBe('Measurable skill: all 3 candidates.');
  expect(verdict.sentences.join(' ')).toContain('At telling whether a barrier is touched, every candidate is better than class shares; at telling which side it is, given a touch, nothing is shown.');
  expect(alone.map(({ symbol, evidence }) => [symbol, evidence.map(({ candidate, symbols }) => [candidate, symbols])])[1]).toEqual(['ETHUSDT', [['T7_X6', ['ETHUSDT']], ['T14_X8', ['ETHUSDT']], ['T14_V1.5', ['ETHUSDT']]]]);
  expect(alone[0].evidence[0].superiority.trials).toBe(12);
  expect(ablations[0].lines.map(({ candidate, rows }) => [candidate, rows])).toEqual([['T7_X6', 2700], ['T14_X8', 2700], ['T14_V1.5', 2700]]);
});

it('shows hostile names and messages as text', () => {
  const report = evidenceReportFixture('hostile');
  const root = parseStrictHtml(formatEvidenceHtml(report));
  const text = printableText(HOSTILE).replace(/\s+/g, ' ');
  expect(textOf(root).split(text).length - 1).toBeGreaterThanOrEqual(12);
  expect(allElements(root).some(({ tag }) => tag === 'script')).toBe(false);
  expect(textOf(root)).toContain('SYNTHETIC DATA');
  for (const said of [formatEvidenceMarkdown(report), formatEvidenceSummary(report)]) expect(['\u001b', '\u202e'].filter((character) => said.includes(character))).toEqual([]);
  expect(formatEvidenceMarkdown(report).replace(/`` .* ``/, '')).not.toContain('<script');
});

it('sets sections made elsewhere before how it was done', () => {
  const sections = [{ id: 'signals', title: 'What a signal is worth', html: html`<p>A study.</p>`, markdown: 'A study.' }];
  const report = evidenceReportFixture('single');
  expect(formatEvidenceHtml(report, { sections })).toMatch(/What a signal is worth<\/h2>[\s\S]*A study[\s\S]*How it was done<\/h2>/);
  expect(formatEvidenceMarkdown(report, { sections })).toContain('## What a signal is worth\n\nA study.\n\n## How it was done');
});
