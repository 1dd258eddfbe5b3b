// Judges a published challenger beside the champion: sound at all, then not worse. A judgement of the same two is found again.
import type { Progress, ArtifactStore } from '@forecastlab/core/node';
import { checkChallenger, type SoundnessSide } from './check-challenger.js';
import { type GateSide, judgeChallenger } from './gate/judge-challenger.js';
import { type Judgement, type JudgementKey, readJudgement, writeJudgement } from './judgement-file.js';
import { decisionReason } from './reason.js';

export interface JudgeRequest {
  readonly store: ArtifactStore;
  /** What asked for it, such as `weekly`. */
  readonly policy: string;
  readonly challenger: SoundnessSide & Pick<GateSide, 'modelKind'>;
  readonly champion: SoundnessSide & Pick<GateSide, 'modelKind'>;
  readonly gateRows: number;
  readonly margin: number;
  readonly notes: readonly string[];
  readonly progress?: Progress | undefined;
  readonly signal: AbortSignal;
}

export async function judge(request: JudgeRequest): Promise<Judgement> {
  const { store, challenger, champion, gateRows, margin, policy, notes } = request;
  const key: JudgementKey = {
    challenger: challenger.bundle.meta.deployName,
    challengerSha256: challenger.bundle.sha256,
    champion: champion.bundle.meta.deployName,
    championSha256: champion.bundle.sha256,
    margin,
    gateRows,
  };
  const kept = await readJudgement(store, key);
  if (kept !== undefined) return kept;
  const soundness = checkChallenger(challenger, champion);
  const gate = soundness.problems.length > 0 ? null : await compare(request);
  const judgement: Judgement = {
    schema: 'forecastlab.retrain/1',
    ...key,
    decision: gate?.isNotWorse === true ? 'activate' : 'decline',
    why: decisionReason({ policy, champion: key.champion, soundness, gate }),
    problems: soundness.problems,
    distances: soundness.distances,
    notes,
    gate,
  };
  await writeJudgement(store, judgement);
  return judgement;
}

async function compare({ challenger, champion, gateRows, margin, progress, signal }: JudgeRequest): ReturnType<typeof judgeChallenger> {
  let task: ReturnType<Progress['task']> | undefined;
  const sideOf = ({ bundle, recipe, modelKind, bars }: JudgeRequest['champion']): GateSide => ({ recipe, modelKind, bars, cutOffMs: Date.parse(bundle.meta.training.cutOff) });
  try {
    return await judgeChallenger({
      challenger: sideOf(challenger),
      champion: { ...sideOf(champion), bundle: champion.bundle },
      gateRows,
      margin,
      signal,
      onBlock: async (done, total) => {
        task ??= progress?.task('Compare with the champion', total, 'blocks');
        task?.set(done);
        await new Promise((resolve) => setImmediate(resolve)); // lets Ctrl-C be heard, and the lock be kept
      },
    });
  } finally {
    task?.end();
  }
}
