// The first line: which market, how fresh the data, which bundle and how old, and whether any of it is synthetic.
import type { DashboardData } from '../data/dashboard-data.js';
import { ageInWords, dateInWords } from '../data/words.js';

export function Masthead({ data }: { readonly data: DashboardData }) {
  const { market, bundle } = data;
  const symbol = market?.symbol ?? bundle?.symbol;
  const interval = market?.interval ?? bundle?.interval;
  return (
    <header class="masthead">
      <div class="brand">
        <img src="/assets/favicon.svg" alt="" width="28" height="28" />
        <span>ForecastLab</span>
      </div>
      {symbol !== undefined && (
        <h1 class="market">
          {symbol} <span class="muted">{interval}</span>
        </h1>
      )}
      {data.synthetic && (
        <span class="badge badge-synthetic" data-testid="synthetic">
          SYNTHETIC DATA
        </span>
      )}
      <dl class="facts">
        <div>
          <dt>Data to</dt>
          <dd data-testid="data-date">{market === null ? 'no data' : dateInWords(market.lastOpenTimeMs, market.intervalMs)}</dd>
        </div>
        <div>
          <dt>Active bundle</dt>
          <dd data-testid="bundle-name">{bundle?.deployName ?? 'none'}</dd>
        </div>
        {bundle !== null && (
          <div>
            <dt>Trained on data to</dt>
            <dd data-testid="bundle-age">
              {bundle.trainedUntil} <span class="muted">({ageInWords(bundle.ageDays)} ago)</span>
            </dd>
          </div>
        )}
      </dl>
    </header>
  );
}
