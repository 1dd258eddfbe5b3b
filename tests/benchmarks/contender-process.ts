// A contender as a child process that answers requests one at a time. It lives through a task, so that its start is never
// measured, and is ended by its id: at the end, when it does not answer in time, and when the benchmark is interrupted.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ProcessOptions {
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Longest wait for one answer, s. */
  readonly timeoutSeconds: number;
}

export interface ContenderProcess {
  /** The answer to a request. Rejects with the contender's error, when it dies, and when it takes too long (then it is ended). */
  ask<Answer>(request: object): Promise<Answer>;
  end(): void;
}

/** Of what a contender prints beside its answers, so much is kept for the message when it dies. */
const KEPT_CHARACTERS = 2000;

const running = new Set<ChildProcess>();

/** Ends every contender that is still there. */
export function endContenders(): void {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
}

export function startContender(program: string, args: readonly string[], { env = {}, timeoutSeconds }: ProcessOptions): ContenderProcess {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  running.add(child);
  const waiting = new Map<number, { resolve: (answer: object) => void; reject: (error: Error) => void }>();
  let printed = '';
  let asked = 0;
  let death: Error | undefined;

  const die = (error: Error): void => {
    death ??= error;
    running.delete(child);
    child.kill('SIGKILL');
    for (const { reject } of waiting.values()) reject(death);
    waiting.clear();
  };
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed = (printed + text).slice(-KEPT_CHARACTERS);
  });
  child.stdin.on('error', () => undefined); // it has died: 'close' tells
  child.on('error', (error) => die(new Error(`cannot be started: ${error.message}`)));
  child.on('close', (code, signal) => die(new Error(`ended (${signal ?? `exit code ${code}`})${printed === '' ? '' : `: ${lastLine(printed)}`}`)));
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('{')) return; // something that its library prints
    const { id, error, ...answer } = JSON.parse(line) as { id: number; error?: string };
    const asker = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asker?.resolve(answer);
    else asker?.reject(new Error(error));
  });

  return {
    ask<Answer>(request: object): Promise<Answer> {
      if (death !== undefined) return Promise.reject(death);
      asked += 1;
      const id = asked;
      const timer = setTimeout(() => die(new Error(`gave no answer within ${timeoutSeconds} s`)), timeoutSeconds * 1000);
      return new Promise<object>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        child.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
      }).finally(() => clearTimeout(timer)) as Promise<Answer>;
    },
    end: () => die(new Error('was ended')),
  };
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').pop() as string;
}
