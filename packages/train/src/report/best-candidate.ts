// Which candidate to show first: one with skill before one without, then the larger log-loss skill against class shares.
import type { CandidateReport, SearchReport } from '../search/search-report.js';

/** The candidates from best to worst; equals stay in the order of the grid. */
export function rankCandidates(candidates: readonly CandidateReport[]): readonly CandidateReport[] {
  return [...candidates].sort((a, b) => Number(b.hasSkill) - Number(a.hasSkill) || sortable(b.skill.skill) - sortable(a.skill.skill));
}

/** The first of them, or undefined when every candidate failed. */
export function bestCandidate(report: SearchReport): CandidateReport | undefined {
  return rankCandidates(report.candidates)[0];
}

/** Those whose details matter most: the ones with skill (at most three), else the best one. */
export function foremostCandidates(report: SearchReport): readonly CandidateReport[] {
  const ranked = rankCandidates(report.candidates);
  const skilled = report.flaws.length === 0 ? ranked.filter((candidate) => candidate.hasSkill) : [];
  return skilled.length > 0 ? skilled.slice(0, 3) : ranked.slice(0, 1);
}

const sortable = (value: number): number => (Number.isFinite(value) ? value : Number.NEGATIVE_INFINITY);
