// What the gate found.

/** One candidate, or all together. Losses are mean log losses in nats. */
export interface CandidateJudgement {
  readonly name: string;
  readonly challengerLoss: number;
  readonly championLoss: number;
  /** Challenger less champion: below 0 the challenger is better. */
  readonly difference: number;
  /** 95 % interval of the difference, by block bootstrap; null with too few blocks. */
  readonly interval: readonly [number, number] | null;
  /** Skill against the class shares of the challenger's training rows. */
  readonly challengerSkill: number;
  readonly championSkill: number;
}

/** All candidates together, and each. JSON-safe. */
export interface GateReport extends Omit<CandidateJudgement, 'name'> {
  /** Rows compared (of several markets those of all), and their distinct open times. */
  readonly rows: number;
  readonly times: number;
  readonly firstOpenTime: string;
  readonly lastOpenTime: string;
  /** Test blocks, each forecast by fits of its own; in how many the champion's frozen models answered, which had seen none of them. */
  readonly blocks: number;
  readonly frozenBlocks: number;
  /** Bars between the newest bar that the champion has seen and the newest that the challenger has. */
  readonly ageBars: number;
  readonly margin: number;
  readonly candidates: readonly CandidateJudgement[];
  /** The difference is at most the margin. */
  readonly isNotWorse: boolean;
}
