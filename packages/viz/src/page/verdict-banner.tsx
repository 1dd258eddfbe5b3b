// The verdict over all candidates, in plain words, where nobody can overlook it.
import type { DashboardData } from '../data/dashboard-data.js';

export function VerdictBanner({ data }: { readonly data: DashboardData }) {
  const verdicts = (data.today?.candidates ?? []).map(({ candidate, hasSkill }) => ({ candidate, hasSkill }));
  const known = verdicts.length > 0 ? verdicts : (data.bundle?.candidates ?? []).map(({ candidate, skill }) => ({ candidate, hasSkill: skill.hasSkill }));
  if (known.length === 0) return null;
  const skilled = known.filter(({ hasSkill }) => hasSkill).map(({ candidate }) => candidate);
  const isSkilled = skilled.length > 0;
  // Known to be worse, not merely not known to be better.
  const isWorse = (data.bundle?.candidates ?? []).every(({ skill }) => skill.skillInterval !== null && skill.skillInterval[1] < 0);
  return (
    <div class={`banner verdict ${isSkilled ? 'banner-info' : 'banner-warning'}`} data-testid="verdict">
      <span class="banner-icon" aria-hidden="true">
        {isSkilled ? '✓' : '!'}
      </span>
      <p>
        <strong>{headline(skilled, known.length)}</strong> {explanation(skilled.length, known.length, data.bundle !== null && isWorse)}
        {data.synthetic && isSkilled && ' These prices are synthetic, with a signal planted in them: this says nothing about any real market.'}
      </p>
    </div>
  );
}

function headline(skilled: readonly string[], total: number): string {
  if (skilled.length === 0) return 'No measurable skill.';
  if (skilled.length === total) return 'Measurable skill.';
  return `Measurable skill for ${skilled.join(', ')} only.`;
}

function explanation(skilled: number, total: number, isWorse: boolean): string {
  if (skilled === 0) {
    const deed = isWorse ? 'did worse than' : 'did not measurably beat';
    return `On bars it had not seen, this model ${deed} guessing by the class shares of its training data. Read the numbers below as a description, not as a reason to act.`;
  }
  const who = skilled === total ? 'this model' : 'it';
  return `On bars it had not seen, ${who} beat guessing by the class shares of its training data. ${skilled === total ? '' : 'The others did not. '}Past skill may not last.`;
}
