// Skill against the prior with its interval, drawn around zero: right of the line is better than guessing.
import type { SkillView } from '../data/dashboard-data.js';
import { percentInWords, signedPercentInWords } from '../data/words.js';

const WIDTH = 140;
/** The axis reaches at least ±5 %, so that tiny differences look tiny. */
const SMALLEST_REACH = 0.05;

export function SkillRange({ skill }: { readonly skill: SkillView }) {
  if (skill.skill === null) return <span class="muted">not evaluated</span>;
  const [low, high] = skill.skillInterval ?? [skill.skill, skill.skill];
  const reach = Math.max(SMALLEST_REACH, Math.abs(low), Math.abs(high), Math.abs(skill.skill)) * 1.1;
  const x = (value: number): number => WIDTH / 2 + (value / reach) * (WIDTH / 2);
  return (
    <span class="skill-range">
      <svg width={WIDTH} height="18" viewBox={`0 0 ${WIDTH} 18`} aria-hidden="true">
        <line class="skill-axis" x1="0" x2={WIDTH} y1="9" y2="9" />
        <line class="skill-zero" x1={WIDTH / 2} x2={WIDTH / 2} y1="1" y2="17" />
        <line class="skill-interval" x1={x(low)} x2={x(high)} y1="9" y2="9" />
        <circle class="skill-point" cx={x(skill.skill)} cy="9" r="4" />
      </svg>
      <span class="small">
        {signedPercentInWords(skill.skill)}
        {skill.skillInterval !== null && ` (${percentInWords(skill.intervalLevel ?? 0.95)} interval ${signedPercentInWords(low)} to ${signedPercentInWords(high)})`}
      </span>
    </span>
  );
}
