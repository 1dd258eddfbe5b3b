// The features that moved the answer most, folded away until asked for.
import type { TodayCandidate } from '../data/dashboard-data.js';

export function DriverList({ features }: { readonly features: TodayCandidate['topFeatures'] }) {
  if (features.length === 0) return null;
  const largest = Math.max(...features.map(({ contribution }) => Math.abs(contribution)), Number.MIN_VALUE);
  return (
    <details class="drivers">
      <summary>What drove it</summary>
      <table>
        <caption class="visually-hidden">Features with the largest contributions to the predicted class</caption>
        <thead>
          <tr>
            <th scope="col">Feature</th>
            <th scope="col" class="number">Value</th>
            <th scope="col" class="number">Push</th>
            <th scope="col" aria-hidden="true" />
          </tr>
        </thead>
        <tbody>
          {features.map(({ name, value, contribution }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="number">{value === null ? 'missing' : Number(value.toPrecision(4))}</td>
              <td class="number">{`${contribution < 0 ? '−' : '+'}${Math.abs(contribution).toFixed(3)}`}</td>
              <td class="driver-track" aria-hidden="true">
                <span class={contribution < 0 ? 'driver-against' : 'driver-for'} style={{ width: `${(Math.abs(contribution) / largest) * 50}%` }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="muted small">+ pushed towards this answer, − away from it (SHAP, raw score).</p>
    </details>
  );
}
