// Which candidate to show first: one with skill before one without, those that could not be tested last, then the larger log-loss
// skill against the best baseline.
import type { CandidateReport, SearchReport } from '../search/search-report.js';

/** The candidates from best to worst; equals keep their order. */
export function rankCandidates(candidates: readonly CandidateReport[]): readonly CandidateReport[] {
  return [...candidates].sort((a, b) => Number(b.hasSkill) - Number(a.hasSkill) || Number(b.pValue !== null) - Number(a.pValue !== null) || sortable(b.skillAgainstBest.skill) - sortable(a.skillAgainstBest.skill));
}

/** Those whose details matter most: the ones with skill (at most three), else the best one. */
export function foremostCandidates(report: SearchReport): readonly CandidateReport[] {
  const ranked = rankCandidates(report.candidates);
  const skilled = report.flaws.length === 0 ? ranked.filter((candidate) => candidate.hasSkill) : [];
  return skilled.length > 0 ? skilled.slice(0, 3) : ranked.slice(0, 1);
}

const sortable = (value: number): number => (Number.isFinite(value) ? value : Number.NEGATIVE_INFINITY);
