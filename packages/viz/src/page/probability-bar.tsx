// One probability as a bar, with a tick at the class's share in training.
import { percentInWords } from '../data/words.js';

interface Props {
  readonly tone: 'up' | 'neutral' | 'down';
  readonly label: string;
  readonly probability: number;
  /** Share of the class in training; null when unknown. */
  readonly share: number | null;
}

export function ProbabilityBar({ tone, label, probability, share }: Props) {
  return (
    <div class={`probability tone-${tone}`}>
      <span class="probability-label">{label}</span>
      <span class="probability-track" aria-hidden="true">
        <span class="probability-fill" style={{ width: `${probability * 100}%` }} />
        {share !== null && <span class="prior-tick" style={{ left: `${share * 100}%` }} />}
      </span>
      <span class="probability-value" data-probability={probability} title={share === null ? undefined : `${percentInWords(share)} of the training data`}>
        {percentInWords(probability)}
      </span>
    </div>
  );
}
