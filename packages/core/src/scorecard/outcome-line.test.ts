import { expect, it } from 'vitest';
import { formatOutcomeLine, latestOutcomes, outcomeKey, parseOutcomes } from './outcome-line.js';
import { madeLine, probabilitiesOf } from './testing/made-outcomes.js';

it('reads what it wrote, and the newest line of an answer counts', () => {
  const lines = [madeLine(0), madeLine(1, { label: 1 }), madeLine(0, { label: -1, corrects: 'bars were restated' }), madeLine(0, { bundle_sha256: 'c'.repeat(64) })];
  const parsed = parseOutcomes(lines.map((line) => `${formatOutcomeLine(line)}\n`).join(''));
  expect(parsed).toEqual({ lines, damaged: [] });
  const latest = latestOutcomes(parsed.lines);
  expect(latest.size).toBe(3);
  expect(latest.get(outcomeKey(lines[0]))).toEqual(lines[2]);
  expect(parseOutcomes('')).toEqual({ lines: [], damaged: [] });
});

it('names lines that are none, and keeps the others', () => {
  const [a, b] = [madeLine(0), madeLine(1)].map(formatOutcomeLine);
  const { lines, damaged } = parseOutcomes([a, 'rubbish', b, a, '{"schema":"forecastlab.outcome/9"}', formatOutcomeLine(madeLine(2, { pred_proba: probabilitiesOf([0.5, 0.5, 0.5]) })), '', b.slice(0, 40)].join('\n'));
  expect(lines.map(formatOutcomeLine)).toEqual([a, b]);
  expect(damaged.map(({ row }) => row)).toEqual([2, 4, 5, 6, 8]);
  expect(damaged.map(({ reason }) => reason).join('; ')).toMatch(/not JSON.*already.*schema.*sum to 1.*cut short/);
});

it('takes no line for one that differs in a single field, and says which', () => {
  const good = JSON.parse(formatOutcomeLine(madeLine(0))) as Record<string, unknown>;
  const optional = ['options_assumed', 'replaced', 'corrects'];
  for (const field of [...Object.keys(good), ...optional]) {
    const wrong = parseOutcomes(JSON.stringify({ ...good, [field]: { odd: 1 } }));
    expect(wrong.lines, field).toEqual([]);
    expect(wrong.damaged[0].reason).toContain(field);
    if (!optional.includes(field)) expect(parseOutcomes(JSON.stringify({ ...good, [field]: undefined })).lines, field).toEqual([]);
  }
  for (const [field, value] of Object.entries({ label: 2, T: 0, X: -1, asof_date: '2024-1-1', bundle_sha256: 'x', answers: 1.5, base_proba: { '-1': 0.5, '0': 0.6, '1': -0.1 } })) expect(parseOutcomes(JSON.stringify({ ...good, [field]: value })).lines, field).toEqual([]);
});

it('does not go back to an outcome that was corrected when its line is there once more', () => {
  const [first, correction] = [madeLine(0), madeLine(0, { label: 1, corrects: 'bars were restated' })];
  const { lines, damaged } = parseOutcomes([first, correction, first].map(formatOutcomeLine).join('\n'));
  expect(damaged).toHaveLength(1);
  expect([...latestOutcomes(lines).values()]).toEqual([correction]);
});
