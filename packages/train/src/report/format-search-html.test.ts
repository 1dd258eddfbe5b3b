import { describe, expect, it } from 'vitest';
import type { SearchReport } from '../search/search-report.js';
import { formatSearchHtml } from './format-search-html.js';
import { printableText } from './printable-text.js';
import { allElements, type Element, parseStrictHtml, textOf } from './testing/parse-strict-html.js';
import { HOSTILE, searchReportFixture, SITUATIONS } from './testing/search-report-fixture.js';

const TAGS = new Set('html head meta title style body header main section footer div p span b small i h1 h2 h3 dl dt dd ul li br table caption thead tbody tr th td details summary figure figcaption pre code a svg path rect line circle text desc'.split(' '));

describe.each(SITUATIONS)('report.html, %s', (situation) => {
  const report = searchReportFixture(situation);
  const page = formatSearchHtml(report);
  const elements = allElements(parseStrictHtml(page));

  it('is well-formed, with known tags, and no attribute that runs or loads', () => {
    expect(elements.map(({ tag }) => tag).filter((tag) => !TAGS.has(tag))).toEqual([]);
    const attributes = elements.flatMap((element) => Object.entries(element.attributes));
    expect(attributes.filter(([name]) => /^(on|src|srcset|action|formaction|xlink|ping|srcdoc)/i.test(name))).toEqual([]);
    expect(attributes.filter(([name, value]) => name === 'href' && !value.startsWith('#'))).toEqual([]);
    expect(attributes.filter(([name, value]) => name === 'style' && !/^width:\d+(\.\d+)?%$/.test(value))).toEqual([]);
    expect(textOf(elements.find(({ tag }) => tag === 'style') as Element)).not.toMatch(/url\(|@import|http/);
  });

  it('forbids scripts and the network before anything else', () => {
    const [charset, policy] = elements.filter(({ tag }) => tag === 'meta');
    expect(charset.attributes).toEqual({ charset: 'utf-8' });
    expect(policy.attributes['http-equiv']).toBe('Content-Security-Policy');
    expect(policy.attributes.content).toMatch(/^default-src 'none'; style-src 'unsafe-inline';/);
  });

  it('has unique ids, and every reference has its target', () => {
    const ids = elements.flatMap(({ attributes }) => attributes.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const wanted = elements.flatMap(({ attributes }) => [...(attributes['aria-labelledby']?.split(' ') ?? []), ...(attributes.href === undefined ? [] : [attributes.href.slice(1)])]);
    expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('names every table, header cell and picture', () => {
    for (const table of elements.filter(({ tag }) => tag === 'table')) expect(textOf(allElements(table).find(({ tag }) => tag === 'caption') as Element)).not.toBe('');
    expect(elements.filter(({ tag, attributes }) => tag === 'th' && attributes.scope === undefined)).toEqual([]);
    expect(elements.filter(({ tag, attributes }) => tag === 'svg' && attributes['aria-hidden'] !== 'true' && attributes['aria-labelledby'] === undefined)).toEqual([]);
    expect(elements.filter(({ tag, attributes }) => tag === 'svg' && /NaN|Infinity|undefined/.test(JSON.stringify(attributes)))).toEqual([]);
  });

  it('is the same for the same report, and holds no stray value', () => {
    expect(formatSearchHtml(JSON.parse(JSON.stringify(report)) as SearchReport)).toBe(page);
    expect(page).not.toMatch(/NaN|undefined|\[object|Infinity/);
  });
});

it('shows hostile names and messages as text', () => {
  const page = formatSearchHtml(searchReportFixture('hostile'));
  const root = parseStrictHtml(page);
  const text = printableText(HOSTILE).replace(/\s+/g, ' ');
  const found = textOf(root).split(text).length - 1;
  expect(found).toBeGreaterThanOrEqual(6); // run, market, warning, failure's name, message and hint
  expect(allElements(root).some(({ tag }) => tag === 'script')).toBe(false);
});

it('keeps twenty candidates with 63 folds below 600 kB', () => {
  expect(Buffer.byteLength(formatSearchHtml(searchReportFixture('large')))).toBeLessThan(600_000);
});

it('leaves the numbers of folds to the files of the run when there are very many', () => {
  const report = searchReportFixture('large');
  const long = { ...report, candidates: report.candidates.map((candidate) => ({ ...candidate, stability: Array.from({ length: 12 }, () => candidate.stability).flat() })) };
  const page = formatSearchHtml(long);
  expect(page).toContain('fold_metrics.csv');
  expect(page).not.toContain('Numbers of the folds');
});

it('marks every section of a flawed report, and claims no skill anywhere', () => {
  for (const situation of ['flawed', 'unpurged'] as const) {
    const report = searchReportFixture(situation);
    // Even when the search's own words claim it.
    const boasting = { ...report, candidates: report.candidates.map((candidate) => ({ ...candidate, hasSkill: true, sentence: candidate.sentence.replace('No measurable', 'Measurable') })) };
    const elements = allElements(parseStrictHtml(formatSearchHtml(boasting)));
    for (const section of elements.filter(({ tag }) => tag === 'section')) expect(textOf(section)).toContain('ARTEFACT');
    const said = textOf(elements[0]).replace(/✓ marks measurable skill/, '').replace(/"yes" when .* does not show it\./, '');
    expect(said).not.toMatch(/✓|Measurable skill/);
    expect(said).toContain('These scores are an artefact, not skill.');
  }
});

it('marks every section of a synthetic market', () => {
  const elements = allElements(parseStrictHtml(formatSearchHtml(searchReportFixture('synthetic'))));
  for (const section of elements.filter(({ tag }) => tag === 'section')) expect(textOf(section)).toContain('SYNTHETIC DATA');
});

it('draws points and bars where the numbers are', () => {
  const report = searchReportFixture('single');
  const [candidate] = report.candidates;
  const scaled = { ...candidate, skill: { ...candidate.skill, skill: 0.1, interval: [0, 0.2] as const }, skillAgainstBest: { ...candidate.skill, skill: 0.1, interval: [0, 0.2] as const }, stability: [{ ...candidate.stability[0], skill: 0.1 }, { ...candidate.stability[1], skill: -0.05 }, { ...candidate.stability[2], skill: 0.1 }] };
  const elements = allElements(parseStrictHtml(formatSearchHtml({ ...report, candidates: [scaled] })));
  // The axis goes from -0.02 to 0.2 with 4 % of margin: -0.0288 to 0.2088.
  const line = elements.find(({ tag, attributes }) => tag === 'svg' && attributes.class === 'forest-unsure') as Element;
  const [zero, whisker, point] = line.children as readonly Element[];
  expect(Number.parseFloat(zero.attributes.x1)).toBeCloseTo((100 * 0.0288) / 0.2376, 1);
  expect(Number.parseFloat(whisker.attributes.x2)).toBeCloseTo((100 * 0.2288) / 0.2376, 1);
  expect(Number.parseFloat(point.attributes.cx)).toBeCloseTo((100 * 0.1288) / 0.2376, 1);
  const path = (name: string): string => elements.find(({ tag, attributes }) => tag === 'path' && attributes.class === name)?.attributes.d ?? '';
  expect(path('better')).toBe('M1 100v-100h8V100zM21 100v-100h8V100z');
  expect(path('worse')).toBe('M11 100v50h8V100z');
});

it('points to a skill beyond the picture instead of drawing it elsewhere', () => {
  const report = searchReportFixture('single');
  const far = { skill: -5, interval: [-7, -3], blockLength: 42, rows: 924 } as const;
  const elements = allElements(parseStrictHtml(formatSearchHtml({ ...report, candidates: [{ ...report.candidates[0], skill: far }] })));
  const line = elements.find(({ tag, attributes }) => tag === 'svg' && attributes.class === 'forest-below') as Element;
  expect(allElements(line).map(({ tag }) => tag)).toEqual(['svg', 'line', 'text']);
  expect(textOf(line)).toBe('◂');
});
