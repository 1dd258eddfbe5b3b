// How the model has spoken over the last bars: signals over price, probabilities of each candidate, candles and volume.
import { useMemo } from 'preact/hooks';
import { buildChart } from '../charts/charts.js';
import { signalRecord, signalRecordInWords } from '../charts/signal-record.js';
import type { ThemeName } from '../charts/theme.js';
import type { CandidateHistory, DashboardData } from '../data/dashboard-data.js';
import { percentInWords, priceInWords } from '../data/words.js';
import { ChartCanvas } from './chart-canvas.js';
import { ChartLegend } from './chart-legend.js';
import { Choice } from './choice.js';
import type { View } from './use-view.js';

const DAYS = [90, 180, 365, 730] as const;

interface Props {
  readonly data: DashboardData;
  readonly theme: ThemeName;
  readonly view: View;
  readonly onChange: (change: Partial<View>) => void;
}

export function HistorySection({ data, theme, view, onChange }: Props) {
  const { market } = data;
  if (market === null || market.bars.openTimeMs.length === 0) return null;
  const chosen = data.history.find(({ candidate }) => candidate === view.candidate) ?? data.history[0];
  const days = [...new Set([...DAYS, view.days ?? data.days])].sort((a, b) => a - b).map((value) => ({ value, label: String(value) }));
  const record = chosen === undefined ? '' : signalRecordInWords(signalRecord(market, chosen));
  return (
    <section aria-labelledby="history-heading">
      <div class="section-head">
        <h2 id="history-heading">Price with signals</h2>
        <div class="controls">
          {chosen !== undefined && (
            <Choice label="Candidate" name="candidate" choices={data.history.map(({ candidate }) => ({ value: candidate, label: candidate }))} chosen={chosen.candidate} onChoose={(candidate) => onChange({ candidate })} />
          )}
          <span class="choice-group muted">
            last
            <Choice label="Bars shown" name="days" choices={days} chosen={view.days ?? data.days} onChoose={(value) => onChange({ days: value })} />
            bars
          </span>
        </div>
      </div>
      {chosen !== undefined && (
        <>
          <figure class="card">
            <ChartFor name="signals" data={data} theme={theme} candidate={chosen.candidate} summary={record} />
            <figcaption class="muted small">
              {chosen.candidate}: {record} A filled triangle came true, a hollow one did not; a faded one is not yet known or no fair test.
            </figcaption>
          </figure>
          <h2>How probable each outcome was</h2>
          {data.history.map((history) => (
            <figure class="card" key={history.candidate}>
              <h3>{history.candidate}</h3>
              <ChartFor name="probabilities" data={data} theme={theme} candidate={history.candidate} summary={lastSummary(history)} />
              <figcaption class="muted small">The strip below says where each value comes from; no value comes from a model that was trained on its bar. Dashed: class shares in training.</figcaption>
            </figure>
          ))}
        </>
      )}
      <h2>Price and volume</h2>
      <figure class="card">
        <ChartFor name="price" data={data} theme={theme} summary={`${market.bars.close.length} bars, last close ${priceInWords(market.bars.close.at(-1) ?? Number.NaN)}.`} />
      </figure>
    </section>
  );
}

function ChartFor({ name, data, theme, candidate, summary }: { readonly name: string; readonly data: DashboardData; readonly theme: ThemeName; readonly candidate?: string; readonly summary: string }) {
  const chart = useMemo(() => buildChart(name, data, { theme, bare: true, ...(candidate === undefined ? {} : { candidate }) }), [name, data, theme, candidate]);
  return (
    <>
      <ChartLegend chart={chart} />
      <ChartCanvas chart={chart} summary={summary} />
    </>
  );
}

function lastSummary(history: CandidateHistory): string {
  const last = history.openTimeMs.length - 1;
  if (last < 0) return 'No values.';
  return `Newest: down ${percentInWords(history.pDown[last])}, neither ${percentInWords(history.pNeutral[last])}, up ${percentInWords(history.pUp[last])}.`;
}
