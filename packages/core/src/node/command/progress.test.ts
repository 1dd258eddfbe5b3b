import { describe, expect, it } from 'vitest';
import { createProgress } from './progress.js';

function recorder(isTTY: boolean): { write(text: string): void; isTTY: boolean; text: string; columns: number } {
  return { isTTY, text: '', columns: 100, write(text: string): void { this.text += text; } };
}

describe('createProgress', () => {
  it('prints a plain line every ten seconds and at the end', () => {
    const stream = recorder(false);
    let now = 0;
    const task = createProgress(stream, { quiet: false, nowMs: () => now }).task('Folds', 100, 'folds');
    for (let second = 1; second <= 25; second += 1) {
      now = second * 1000;
      task.advance(2);
    }
    task.end();
    task.end();
    task.advance();
    expect(stream.text).toBe('Folds: 20/100 folds, 2.0/s, about 40 s left\nFolds: 40/100 folds, 2.0/s, about 30 s left\nFolds: 50/100 folds in 25.0 s\n');
  });

  it.each([false, true])('learns how much there is to do; terminal: %s', (isTTY) => {
    const stream = recorder(isTTY);
    let now = 0;
    const task = createProgress(stream, { quiet: false, nowMs: () => now }).task('Bars', 100, 'bars');
    now = 20_000;
    task.set(50, 90);
    now = 40_000;
    task.set(88, 88);
    task.end();
    if (!isTTY) expect(stream.text).toContain('50/90 bars'); // a terminal is drawn now and then
    expect(stream.text).toContain('88/88 bars');
    expect(stream.text).not.toContain('88/90');
  });

  it('draws a bar on a terminal', () => {
    const stream = recorder(true);
    let now = 0;
    const task = createProgress(stream, { quiet: false, nowMs: () => now }).task('Folds', 4, 'folds');
    now = 1000;
    task.set(4);
    task.end();
    expect(stream.text).toContain('4/4 folds · 4.0/s');
  });

  it('is silent when quiet', () => {
    const stream = recorder(false);
    const task = createProgress(stream, { quiet: true, nowMs: () => 0 }).task('Folds', 4);
    task.advance();
    task.end();
    expect(stream.text).toBe('');
  });
});
