// One call of a program: parse, merge, run, print, exit code. Nothing here touches the process: streams, clock,
// variables and the stop signal are passed in, so tests call programs as functions.
import { resolve } from 'node:path';
import { statSync } from 'node:fs';
import { ForecastLabError, isForecastLabError } from '../../errors.js';
import type { CommandContext, CommandResult } from './command-context.js';
import { exitCodeOf } from './exit-code.js';
import { GLOBAL_OPTIONS } from './global-options.js';
import { mergeOptions, readPositionals } from './merge-options.js';
import type { OptionValues } from './option.js';
import { type CommandLine, parseCommandLine, type ProgramText } from './parse-command-line.js';
import { printError } from './print-error.js';
import { createProgress, type OutputStream } from './progress.js';
import { readConfigFile } from './read-config-file.js';
import { strayVariables } from './stray-variables.js';

/** A program: its commands and the texts of its help. */
export type Program = ProgramText;

/** A program together with one call of it. */
export interface ProgramCall extends Program {
  /** The words after the program's name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Default: the process's current folder. */
  readonly cwd?: string;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** UTC milliseconds. */
  readonly nowMs: () => number;
  /** Aborting it ends the call with INTERRUPTED. Default: never. */
  readonly signal?: AbortSignal;
}

const HELP_COLUMNS = 110;

/**
 * Runs one call and resolves to its exit code; errors are printed, never thrown.
 * @example await runProgram({ ...program, argv: ['data', 'check', 'x.csv'], env: {}, stdout, stderr, nowMs: Date.now })
 */
export async function runProgram(call: ProgramCall): Promise<number> {
  const { stdout, stderr, env } = call;
  const debug = env.FORECASTLAB_DEBUG === '1';
  // Until the options are merged, an error must already know in which form to be told.
  let json = call.argv.includes('--json') || isTrue(env.FORECASTLAB_JSON);
  try {
    const line = parseCommandLine(call, call.argv, { columns: Math.min(stdout.columns ?? HELP_COLUMNS, HELP_COLUMNS) });
    if (line.kind === 'text') {
      stdout.write(line.text);
      return 0;
    }
    if (line.kind === 'no-command') throw noCommand(call, line.text, json);
    const { values, globals, context } = await prepare(call, line);
    json = globals.json;
    context.signal.throwIfAborted();
    const result: CommandResult = await line.command.run(values, context);
    if (json) stdout.write(`${JSON.stringify(result.json, null, 2)}\n`);
    else if (result.text !== '') stdout.write(result.text.endsWith('\n') ? result.text : `${result.text}\n`);
    return result.exitCode ?? 0;
  } catch (error) {
    const told = call.signal?.aborted === true && isAbort(error) && !saysTheWayOut(error) ? asInterrupted(call.signal.reason) : error;
    printError(told, { stdout, stderr, json, debug });
    return exitCodeOf(told);
  }
}

async function prepare(call: ProgramCall, line: CommandLine & { kind: 'command' }): Promise<{ values: Record<string, unknown>; globals: { readonly json: boolean }; context: CommandContext }> {
  const { env } = call;
  const cwd = call.cwd ?? process.cwd();
  const where = line.command.path.join(' ');
  const section = `${call.name.replace(/^forecastlab-/, '')} ${where}`;
  const rootValue = mergeOptions(where, { root: GLOBAL_OPTIONS.root }, { flags: line.flags, env, section, cwd, root: cwd }).root;
  const root = resolve(cwd, typeof rootValue === 'string' ? rootValue : '.');
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw new ForecastLabError('BAD_OPTION', `The root must be a folder. ${root} is a file.`, { hint: 'Give --root DIR; the folder is made when it does not exist.' });
  }
  const knownKeys = call.commands.flatMap((command) => Object.keys(command.options));
  const config = await readConfigFile(root, { knownKeys });
  const { root: _root, ...otherGlobals } = GLOBAL_OPTIONS;
  const merged = mergeOptions(where, { ...otherGlobals, ...line.command.options }, { flags: line.flags, env, config, section, cwd, root });
  const globals = merged as OptionValues<typeof otherGlobals>;
  const context: CommandContext = {
    root,
    store: storeOf(globals.store, line.flags.store === undefined && env.FORECASTLAB_STORE === undefined ? root : cwd, root),
    cwd,
    config: config.shared,
    env,
    json: globals.json,
    quiet: globals.quiet,
    program: { name: call.name, version: call.version },
    nowMs: call.nowMs,
    signal: call.signal ?? new AbortController().signal,
    progress: createProgress(call.stderr, { quiet: globals.quiet, nowMs: call.nowMs }),
    stderr: call.stderr,
    log: (text) => {
      if (!globals.quiet) call.stderr.write(`${text}\n`);
    },
  };
  for (const sentence of strayVariables(env, knownKeys)) context.log(`warning: ${sentence}`);
  return { values: { ...merged, ...readPositionals(where, line.command.positionals, line.positionals, cwd) }, globals, context };
}

const storeOf = (store: string | undefined, folder: string, root: string): string => {
  if (store === undefined) return root;
  return /^[a-z][a-z0-9+.-]*:\/\//.test(store) ? store : resolve(folder, store);
};

const isTrue = (raw: string | undefined): boolean => {
  const reading = GLOBAL_OPTIONS.json.read(raw);
  return reading.ok && reading.value;
};

/** A command that knows how to go on is believed rather than the signal's own words. */
const saysTheWayOut = (error: unknown): boolean => isForecastLabError(error) && error.code === 'INTERRUPTED' && error.hint !== undefined;
const isAbort = (error: unknown): boolean => (error instanceof Error && error.name === 'AbortError') || (isForecastLabError(error) && error.code === 'INTERRUPTED');

const asInterrupted = (reason: unknown): unknown => (isForecastLabError(reason) ? reason : new ForecastLabError('INTERRUPTED', 'Stopped before the work was done.', { hint: 'Nothing half written was left behind; run the same command again.' }));

function noCommand(call: ProgramCall, help: string, json: boolean): ForecastLabError {
  if (!json) call.stderr.write(`${help}\n`);
  return new ForecastLabError('BAD_OPTION', `${call.name} needs a command.`, { hint: `${call.name} --help lists them.` });
}
