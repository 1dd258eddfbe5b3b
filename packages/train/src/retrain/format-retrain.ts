// A retraining for people: what was due, what was compared, what was decided.
import { formatTable } from '@forecastlab/core/node';
import type { CandidateJudgement, GateReport } from './gate/gate-report.js';
import type { RetrainOutcome } from './run-retrain.js';

/** Text for standard output. */
export function formatRetrain(outcome: RetrainOutcome): string {
  const { due, champion, challenger, judgement, fallback, removed, declinesInARow } = outcome;
  const lines = [due.reason, `Champion: ${champion.name}, which has seen bars up to ${champion.cutOff.slice(0, 10)}.`];
  if (fallback !== null) lines.push(`It stands in for the active bundle: ${fallback}`);
  if (challenger !== null) lines.push(`Challenger: ${challenger.name}, up to ${challenger.cutOff.slice(0, 10)}${madeWords(outcome)}.`);
  if (judgement?.gate != null) lines.push('', formatGate(judgement.gate), '');
  lines.push(...decisionLines(outcome));
  if (outcome.status === 'declined' && declinesInARow > 1) lines.push(`That is the ${ordinal(declinesInARow)} challenger in a row that was declined.`);
  if (removed.length > 0) lines.push(`Removed, as --keep asks: ${removed.join(', ')}.`);
  return lines.join('\n');
}

function madeWords({ status, challenger }: RetrainOutcome): string {
  if (status === 'would-retrain' || status === 'judged-before') return '';
  return challenger?.isTrained === true ? ', trained and published' : ', published before';
}

function decisionLines({ status, champion, challenger, judgement }: RetrainOutcome): readonly string[] {
  const name = challenger?.name ?? '';
  if (status === 'activated') return [`${name} is active now; before: ${champion.name}. Back with: forecastlab-train models rollback`, `Reason: ${judgement?.why ?? ''}`];
  if (status === 'declined') return [`${champion.name} stays active; ${name} is kept. All the same: forecastlab-train models activate ${name}`, `Reason: ${judgement?.why ?? ''}`];
  if (status === 'judged-before') return [`${name} was judged before, as forecastlab-train models history says; nothing was changed.`];
  if (status === 'would-retrain') return [`Dry run: ${name} would be trained, published and compared with ${champion.name}; nothing was written.`];
  return [];
}

function formatGate(gate: GateReport): string {
  const table = formatTable<CandidateJudgement>(gate.candidates.length === 1 ? gate.candidates : [...gate.candidates, { ...gate, name: 'together' }], [
    { header: 'candidate', value: ({ name }) => name },
    { header: 'challenger', value: ({ challengerLoss }) => challengerLoss.toFixed(4), align: 'right' },
    { header: 'champion', value: ({ championLoss }) => championLoss.toFixed(4), align: 'right' },
    { header: 'difference', value: ({ difference }) => difference.toFixed(4), align: 'right' },
    { header: '95 % interval', value: ({ interval }) => (interval === null ? '-' : `${interval[0].toFixed(4)} to ${interval[1].toFixed(4)}`), align: 'right' },
    { header: 'skill', value: ({ challengerSkill }) => percent(challengerSkill), align: 'right' },
    { header: "champion's", value: ({ championSkill }) => percent(championSkill), align: 'right' },
  ]);
  const frozen = gate.frozenBlocks === 0 ? 'both recipes fitted anew before each' : `both recipes fitted anew before each; in ${gate.frozenBlocks} the champion itself answered, which had seen none of it`;
  return `${table}\nMean log loss on ${gate.rows} labelled rows from ${gate.firstOpenTime.slice(0, 10)} to ${gate.lastOpenTime.slice(0, 10)} in ${gate.blocks} blocks, ${frozen}.`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.replace(/^-0\.0 /, '0.0 ');
const ordinal = (count: number): string => `${count}${count % 100 >= 11 && count % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th')}`;
