// What the model says now, and, just as large, whether it deserves trust.
import type { DashboardData, TodayView } from '../data/dashboard-data.js';
import { dateInWords, priceInWords } from '../data/words.js';
import type { ThemeName } from '../charts/theme.js';
import { CandidateCard } from './candidate-card.js';
import { SurfaceFigure } from './surface-figure.js';
import { VerdictBanner } from './verdict-banner.js';

export function TodaySection({ data, theme }: { readonly data: DashboardData; readonly theme: ThemeName }) {
  const { today } = data;
  const warnings = [...new Set([...data.warnings, ...(today?.warnings ?? [])])];
  return (
    <section aria-labelledby="today-heading" class="today">
      <div class="section-head">
        <h2 id="today-heading">What the model says</h2>
        {today !== null && <p class="muted">{asOfSentence(today)}</p>}
      </div>
      <VerdictBanner data={data} />
      {today !== null && (
        <div class="cards">
          {today.candidates.map((candidate) => (
            <CandidateCard key={candidate.candidate} today={candidate} bundle={data.bundle?.deployName === today.deployName ? data.bundle : null} />
          ))}
        </div>
      )}
      <SurfaceFigure data={data} theme={theme} />
      {warnings.length > 0 && (
        <ul class="warnings" aria-label="Warnings">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function asOfSentence(today: TodayView): string {
  const date = dateInWords(Date.parse(`${today.asofDate}T00:00:00.000Z`));
  const origin = today.origin === 'recorded' ? 'recorded' : 'computed now, not recorded';
  return `After the bar of ${date}, close ${priceInWords(today.close)} · ${origin}`;
}
