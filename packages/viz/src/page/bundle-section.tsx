// The card of the active bundle: what it was trained on, and how it scored on bars it had not seen.
import type { BundleCandidateView, BundleView, DashboardData } from '../data/dashboard-data.js';
import { ageInWords, percentInWords } from '../data/words.js';
import { SkillRange } from './skill-range.js';

export function BundleSection({ data }: { readonly data: DashboardData }) {
  const { bundle } = data;
  if (bundle === null) return null;
  return (
    <section aria-labelledby="bundle-heading">
      <h2 id="bundle-heading">The active bundle</h2>
      <div class="card">
        <h3 class="bundle-name">{bundle.deployName}</h3>
        <dl class="facts facts-wide">
          <Fact name="Market" value={`${marketsInWords(bundle)}, ${bundle.interval}${bundle.synthetic ? ' (synthetic)' : ''}`} />
          {bundle.symbols !== undefined && data.market !== null && <Fact name="Shown" value={`${data.market.symbol}, ${bundle.isMarketSeen === false ? 'which training has not seen: class shares of all' : 'with its own class shares'}`} />}
          <Fact name="Trained on data to" value={`${bundle.trainedUntil}, ${ageInWords(bundle.ageDays)} ago`} />
          <Fact name="Active since" value={bundle.activatedAt?.slice(0, 16).replace('T', ' ') ?? 'unknown'} />
          <Fact name="Features" value={`${bundle.featureSet}, ${bundle.featureNames.length}`} />
        </dl>
        <div class="table-scroll" tabIndex={0} role="region" aria-label="Candidates of the bundle">
          <table>
            <thead>
              <tr>
                <th scope="col">Candidate</th>
                <th scope="col">Model</th>
                <th scope="col" class="number">Rows</th>
                <th scope="col">Down / neither / up in training</th>
                <th scope="col" class="number">Log loss</th>
                <th scope="col" class="number">Prior's</th>
                <th scope="col">Better than the prior by</th>
              </tr>
            </thead>
            <tbody>
              {bundle.candidates.map((candidate) => (
                <CandidateRow key={candidate.candidate} candidate={candidate} />
              ))}
            </tbody>
          </table>
        </div>
        <FeatureNames bundle={bundle} />
      </div>
    </section>
  );
}

/** `BTCUSDT`, or `6 markets: BTCUSDT, ETHUSDT, …`. */
function marketsInWords({ symbol, symbols }: BundleView): string {
  return symbols === undefined ? symbol : `${symbols.length} markets: ${symbols.join(', ')}`;
}

function CandidateRow({ candidate }: { readonly candidate: BundleCandidateView }) {
  const { classCounts, skill } = candidate;
  const total = classCounts[0] + classCounts[1] + classCounts[2];
  const shares = classCounts.map((count) => (total === 0 ? 0 : count / total));
  return (
    <>
      <tr>
        <th scope="row">{candidate.candidate}</th>
        <td>
          {candidate.modelKind}
          {candidate.labelWindow === 'trailing' && <span class="badge badge-synthetic">flawed trailing labels</span>}
        </td>
        <td class="number">{candidate.rows.toLocaleString('en-US')}</td>
        <td>
          <span class="shares" aria-hidden="true">
            {(['down', 'neutral', 'up'] as const).map((tone, i) => (
              <span key={tone} class={`tone-${tone}`} style={{ width: `${shares[i] * 100}%` }} />
            ))}
          </span>
          <span class="small">{shares.map(percentInWords).join(' / ')}</span>
        </td>
        <td class="number">{skill.logLoss?.toFixed(3) ?? '–'}</td>
        <td class="number">{skill.priorLogLoss?.toFixed(3) ?? '–'}</td>
        <td>
          <SkillRange skill={skill} />
        </td>
      </tr>
      <tr class="verdict-row">
        <td colSpan={7} class={skill.hasSkill ? 'skill-yes' : 'skill-no'}>
          <p>{skill.sentence}</p>
        </td>
      </tr>
    </>
  );
}

function FeatureNames({ bundle }: { readonly bundle: BundleView }) {
  return (
    <details>
      <summary>{bundle.featureNames.length} features</summary>
      <p class="feature-names">
        {bundle.featureNames.map((name) => (
          <code key={name}>{name}</code>
        ))}
      </p>
    </details>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
