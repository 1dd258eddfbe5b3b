export * from './signal-study.js';
export { studySignals } from './study-signals.js';
export type { SignalStudyOptions } from './study-signals.js';
export type { MarketCloses } from './forward-returns.js';
