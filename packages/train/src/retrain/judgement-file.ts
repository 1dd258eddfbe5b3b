// The judgement of a challenger as it is kept: outputs/retrain/<challenger>.json. A run that was killed after judging does not judge anew.
import type { ArtifactStore } from '@forecastlab/core/node';
import type { GateReport } from './gate/gate-report.js';

/** JSON-safe. */
export interface Judgement {
  readonly schema: 'forecastlab.retrain/1';
  readonly challenger: string;
  readonly challengerSha256: string;
  readonly champion: string;
  readonly championSha256: string;
  readonly margin: number;
  readonly gateRows: number;
  readonly decision: 'activate' | 'decline';
  /** The reason, as it stands in promotions.jsonl. */
  readonly why: string;
  /** What is unsound about the challenger; it was then not compared. */
  readonly problems: readonly string[];
  /** Mean total variation distance to the champion's answers on the newest bars, by candidate. */
  readonly distances: Readonly<Record<string, number>>;
  /** What is odd about the bars. */
  readonly notes: readonly string[];
  readonly gate: GateReport | null;
}

/** What must be the same for a judgement to hold. */
export type JudgementKey = Pick<Judgement, 'challenger' | 'challengerSha256' | 'champion' | 'championSha256' | 'margin' | 'gateRows'>;

export function judgementPath(challenger: string): string {
  return `outputs/retrain/${challenger}.json`;
}

/** The kept judgement with that key; undefined when there is none, or another, or it is damaged: then it is made anew. */
export async function readJudgement(store: ArtifactStore, key: JudgementKey): Promise<Judgement | undefined> {
  const bytes = await store.read(judgementPath(key.challenger));
  if (bytes === undefined) return undefined;
  try {
    const found = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Judgement>;
    const isIt = Object.entries(key).every(([name, value]) => found[name as keyof Judgement] === value);
    const isWhole = found.schema === 'forecastlab.retrain/1' && (found.decision === 'activate' || found.decision === 'decline') && typeof found.why === 'string';
    return isIt && isWhole ? (found as Judgement) : undefined;
  } catch {
    return undefined;
  }
}

export async function writeJudgement(store: ArtifactStore, judgement: Judgement): Promise<void> {
  await store.replace(judgementPath(judgement.challenger), new TextEncoder().encode(`${JSON.stringify(judgement, null, 2)}\n`));
}
