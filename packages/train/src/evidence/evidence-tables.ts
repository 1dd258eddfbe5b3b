// The tables of an evidence report as cells, so that the screen, report.md and report.html cannot differ.
import { type Evidence, EVIDENCE_BASELINE_WORDS, type GroupSkill, type SkillInterval } from '@forecastlab/core';
import { formatInterval, formatPercent, formatPValue, formatScore, NO_NUMBER } from '../report/formats.js';
import type { EvidenceReport } from './evidence-report.js';

export interface EvidenceCell {
  readonly text: string;
  /** Smaller, below or in brackets. */
  readonly note?: string;
}

export interface EvidenceTable {
  readonly title: string;
  /** What the table shows, for those who see or hear it. */
  readonly caption: string;
  /** The first column names the row; the others are numbers. */
  readonly headers: readonly string[];
  readonly rows: readonly (readonly EvidenceCell[])[];
}

const cell = (text: string, note?: string): EvidenceCell => (note === undefined || note === NO_NUMBER ? { text } : { text, note });

/** A skill with its interval below it. */
function skillCell(skill: SkillInterval | null | undefined): EvidenceCell {
  return skill === null || skill === undefined ? cell(NO_NUMBER) : cell(formatPercent(skill.skill), skill.interval === null ? 'no interval' : formatInterval(skill.interval));
}

/** The skill of the model against one other; undefined when the record has no such forecast. */
export function skillOf({ comparisons }: Evidence, name: string | null): SkillInterval | undefined {
  return comparisons.find((comparison) => comparison.name === name)?.skill;
}

/** The baselines in words; a model by its name. */
function forecastWords(name: string): string {
  return EVIDENCE_BASELINE_WORDS[name] ?? name;
}

/** In a word whether skill is shown. */
export function skillWord({ verdict }: Evidence): 'yes' | 'none shown' {
  return verdict.hasSkill ? 'yes' : 'none shown';
}

/** One line per candidate: all that decides. */
export function mainTable(evidence: readonly Evidence[], { title, caption }: Pick<EvidenceTable, 'title' | 'caption'>): EvidenceTable {
  const rows = evidence.map((one): readonly EvidenceCell[] => {
    const { candidate, parts, bestMember, superiority, rows: count, symbols } = one;
    const [shares, volatility] = ['class-shares', 'volatility'].map((name) => one.comparisons.find((comparison) => comparison.name === name)?.dieboldMariano?.pValue);
    return [
      cell(candidate),
      cell(skillWord(one)),
      skillCell(skillOf(one, 'class-shares')),
      skillCell(skillOf(one, 'volatility')),
      skillCell(skillOf(one, 'volatility-recipe')),
      skillCell(skillOf(one, 'recent-shares')),
      skillCell(parts[0]?.touch.ofTotal),
      skillCell(parts[0]?.side.ofTotal),
      bestMember === null ? cell(NO_NUMBER) : { ...skillCell(skillOf(one, bestMember)), note: [bestMember, ...(skillOf(one, bestMember)?.interval === null ? [] : [formatInterval(skillOf(one, bestMember)?.interval ?? null)])].join(': ') },
      cell(`${formatPValue(shares)} / ${formatPValue(volatility)}`),
      cell(formatPValue(superiority.adjustedPValue), `alone ${formatPValue(superiority.pValue)}`),
      cell(String(count), `${symbols.length} ${symbols.length === 1 ? 'market' : 'markets'}`),
    ];
  });
  return { title, caption, headers: ['Candidate', 'Skill shown', 'Against class shares', 'Against volatility alone', 'Against volatility by the same recipe', 'Against shares of the last 365 rows', 'of it: touch', 'of it: side', 'Against best single model', 'Diebold-Mariano p', 'Adjusted p', 'Test rows'], rows };
}

export const MAIN_CAPTION = 'Log-loss skill with its 95 % interval. Touch and side are points of the skill against class shares and add up to it. Every baseline must be beaten for skill to be shown. Diebold-Mariano: against class shares / against volatility alone.';

/** A group per line, a candidate per column: skill against class shares. */
export function groupTable(report: EvidenceReport, groupsOf: (evidence: Evidence) => readonly GroupSkill[], { title, caption, baseline = 'class-shares' }: Pick<EvidenceTable, 'title' | 'caption'> & { readonly baseline?: 'class-shares' | 'volatility' }): EvidenceTable {
  const candidates = report.pooled.filter((evidence) => groupsOf(evidence).length > 0);
  const names = [...new Set(candidates.flatMap((evidence) => groupsOf(evidence).map(({ name }) => name)))];
  const rows = names.map((name): readonly EvidenceCell[] => [
    cell(name),
    ...candidates.map((evidence): EvidenceCell => {
      const group = groupsOf(evidence).find((one) => one.name === name);
      if (group === undefined) return cell(NO_NUMBER);
      const found = skillCell(baseline === 'class-shares' ? group.againstClassShares : group.againstVolatility);
      return baseline === 'class-shares' && group.isWorse ? { ...found, text: `${found.text} (worse)` } : found;
    }),
  ]);
  return { title, caption, headers: ['', ...candidates.map(({ candidate }) => candidate)], rows };
}

/** All tables of "when and where", in the order of the report; those without rows are left out. */
export function stabilityTables(report: EvidenceReport): readonly EvidenceTable[] {
  const tables = [
    groupTable(report, ({ bySymbol }) => bySymbol, { title: 'By market, against class shares', caption: 'Skill on the rows of each market. "worse": its interval lies below 0.' }),
    groupTable(report, ({ bySymbol }) => bySymbol, { title: 'By market, against volatility alone', caption: 'Skill on the rows of each market.', baseline: 'volatility' }),
    groupTable(report, ({ byYear }) => byYear, { title: 'By year, against class shares', caption: 'Skill on the bars of each UTC year.' }),
    groupTable(report, ({ byYear }) => byYear, { title: 'By year, against volatility alone', caption: 'Skill on the bars of each UTC year.', baseline: 'volatility' }),
    groupTable(report, ({ byRegime }) => byRegime, { title: 'By volatility', caption: 'Skill against class shares on thirds of the bars of each market by its volatility at the bar, over all test rows.' }),
    groupTable(report, ({ byDistance }) => byDistance, { title: 'By distance of the barrier', caption: 'Skill against class shares on thirds of all rows by how many expected moves away the barrier is.' }),
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

/** Every forecast over the same rows. */
export function forecastTable(evidence: Evidence): EvidenceTable {
  const rows = evidence.forecasts.map(({ name, role, logLoss, brier }): readonly EvidenceCell[] => {
    const comparison = evidence.comparisons.find((one) => one.name === name);
    const test = comparison?.dieboldMariano ?? null;
    return [cell(forecastWords(name), role === 'model' ? undefined : role), cell(formatScore(logLoss)), cell(formatScore(brier)), skillCell(comparison?.skill), test === null ? cell(NO_NUMBER) : cell(test.statistic.toFixed(2), `p ${formatPValue(test.pValue)}, ${test.lag} lags`)];
  });
  return { title: 'Forecasts', caption: `All forecasts of ${evidence.candidate} over the same ${evidence.rows} rows. The skill is the model's against the forecast of the line.`, headers: ['Forecast', 'Log loss', 'Brier', 'Skill of the model against it', 'Diebold-Mariano'], rows };
}

/** Where the skill lies, against each baseline. */
export function partTable({ candidate, parts }: Evidence): EvidenceTable {
  const rows = parts.flatMap(({ against, touch, side }) =>
    ([['touch', touch], ['side', side]] as const).map(([name, part]): readonly EvidenceCell[] => [
      cell(`${name} against ${forecastWords(against)}`),
      cell(formatScore(part.modelLoss)),
      cell(formatScore(part.baselineLoss)),
      skillCell(part.ofTotal),
      skillCell(part.ofPart),
    ]),
  );
  return { title: 'Touch and side', caption: `The loss of ${candidate} in its two parts: is a barrier touched, and which one, given a touch.`, headers: ['Part', 'Model', 'Baseline', 'Gain of the whole loss', 'Gain of the part’s own loss'], rows };
}

/** What other models do on the same rows; null without any. */
export function ablationTable({ ablations }: EvidenceReport): EvidenceTable | null {
  const rows = ablations.flatMap(({ name, note, lines }) =>
    lines.map((line): readonly EvidenceCell[] => [cell(name, note ?? undefined), cell(line.candidate), cell(formatScore(line.logLoss)), skillCell(line.againstClassShares), skillCell(line.againstVolatility), skillCell(line.modelAgainst), cell(String(line.rows))]),
  );
  if (rows.length === 0) return null;
  return { title: 'What each part adds', caption: 'Other models on the same rows. Nothing is chosen by these lines, so they are not counted as tries.', headers: ['Instead of the model', 'Candidate', 'Log loss', 'Its skill against class shares', 'Its skill against volatility alone', 'Skill of the model against it', 'Rows'], rows };
}

/** How far what was said lies from what happened. */
export function calibrationTable(report: EvidenceReport): EvidenceTable {
  const rows = report.pooled.map(({ candidate, reliability: { calibrationError } }): readonly EvidenceCell[] => [cell(candidate), cell(formatPercent(calibrationError.touched)), cell(formatPercent(calibrationError.up)), cell(formatPercent(calibrationError.answer))]);
  return { title: 'Calibration', caption: 'Expected calibration error: mean distance between what was said and how often it came true, in bins.', headers: ['Candidate', 'Is a barrier touched', 'Upper side, given a touch', 'Most probable answer'], rows };
}
