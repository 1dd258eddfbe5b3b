// One candidate's answer: the predicted class in words, the three probabilities, its worth, and what drove it.
import type { BundleView, TodayCandidate } from '../data/dashboard-data.js';
import { answerInWords, moveInWords, percentInWords, questionInWords } from '../data/words.js';
import { DriverList } from './driver-list.js';
import { ProbabilityBar } from './probability-bar.js';

const TONES = { '-1': 'down', '0': 'neutral', '1': 'up' } as const;
const ARROWS = { up: '▲', neutral: '●', down: '▼' } as const;

export function CandidateCard({ today, bundle }: { readonly today: TodayCandidate; readonly bundle: BundleView | null }) {
  const tone = TONES[`${today.label}`];
  const answer = answerInWords(today, today.label);
  const trained = bundle?.candidates.find(({ candidate }) => candidate === today.candidate);
  const total = trained === undefined ? 0 : trained.classCounts.reduce((sum, count) => sum + count, 0);
  const share = (index: 0 | 1 | 2): number | null => (trained === undefined || total === 0 ? null : trained.classCounts[index] / total);
  const move = moveInWords(today);
  const [down, neutral, up] = today.probabilities;
  return (
    <article class={`card candidate tone-${tone}`} data-candidate={today.candidate}>
      <header>
        <span class="tag">{today.candidate}</span>
        <span class="muted">{questionInWords(today)}</span>
      </header>
      <p class="answer">
        <span class="arrow" aria-hidden="true">
          {ARROWS[tone]}
        </span>
        <span>
          {answer.charAt(0).toUpperCase() + answer.slice(1)}
          <span class="answer-share"> {percentInWords(today.probabilities[today.label + 1])}</span>
        </span>
      </p>
      <div class="probabilities">
        <ProbabilityBar tone="up" label={`Up ${move} first`} probability={up} share={share(2)} />
        <ProbabilityBar tone="neutral" label="Neither" probability={neutral} share={share(1)} />
        <ProbabilityBar tone="down" label={`Down ${move} first`} probability={down} share={share(0)} />
        {total > 0 && (
          <p class="legend muted">
            <span class="prior-tick" aria-hidden="true" /> share of this outcome in the training data
          </p>
        )}
      </div>
      <p class={`skill ${today.hasSkill ? 'skill-yes' : 'skill-no'}`} data-testid="skill">
        {today.skillSentence}
      </p>
      {today.warnings.length > 0 && (
        <ul class="warnings">
          {today.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      <DriverList features={today.topFeatures} />
      <p class="muted small">The outcome is known with the bar of {today.maturesOn}.</p>
    </article>
  );
}
