// From words to a chosen command and its raw flags, by commander; values are read later, with variables and file.
import { Command as Commander, CommanderError, Option } from 'commander';
import { ForecastLabError } from '../../errors.js';
import type { Command } from './define-command.js';
import { GLOBAL_OPTIONS } from './global-options.js';
import type { OptionDefinition, OptionDefinitions } from './option.js';
import { flagName } from './option-names.js';
import { CONFIG_FILE_NAME } from './read-config-file.js';

/** What the command line says. */
export type CommandLine =
  | { readonly kind: 'command'; readonly command: Command; readonly flags: Readonly<Record<string, unknown>>; readonly positionals: readonly string[] }
  /** Help or the version was asked for; the text is all there is to do. */
  | { readonly kind: 'text'; readonly text: string }
  /** No command was given: help belongs on standard error. */
  | { readonly kind: 'no-command'; readonly text: string };

/** A program, as help describes it. */
export interface ProgramText {
  readonly name: string;
  readonly version: string;
  readonly summary: string;
  /** One line for each group of commands, by its first word: `{ models: 'List and switch bundles' }`. */
  readonly groups?: Readonly<Record<string, string>>;
  readonly commands: readonly Command[];
}

/**
 * Parses `argv` (without node and script).
 * @throws BAD_OPTION for unknown commands and flags, with the nearest known one as the hint
 */
export function parseCommandLine(program: ProgramText, argv: readonly string[], options: { readonly columns: number }): CommandLine {
  let chosen: CommandLine | undefined;
  const written: string[] = [];
  const root = new Commander(program.name)
    .description(program.summary)
    .version(program.version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, helpWidth: options.columns })
    .configureOutput({ writeOut: (text) => written.push(text), writeErr: (text) => written.push(text), outputError: () => {}, getOutHasColors: () => false, getErrHasColors: () => false })
    .addHelpText('after', `\nEvery option may also come from a FORECASTLAB_* variable (--class-weights: FORECASTLAB_CLASS_WEIGHTS) or from ${CONFIG_FILE_NAME}\nunder the root (classWeights); flag over variable over file. Relative files start at the current folder, in the file at the root.`);
  addOptions(root, GLOBAL_OPTIONS);
  for (const command of program.commands) {
    const parent = command.path.slice(0, -1).reduce((at, word) => at.commands.find((child) => child.name() === word) ?? at.command(word).description(program.groups?.[word] ?? `${word} commands`), root);
    const leaf = parent.command(command.path[command.path.length - 1]).summary(command.summary).description(command.description);
    for (const [name, definition] of Object.entries(command.positionals)) {
      const word = `${name.toUpperCase()}${definition.isList ? '...' : ''}`;
      leaf.argument(definition.required ? `<${word}>` : `[${word}]`, definition.describe);
    }
    addOptions(leaf, command.options);
    if (command.examples.length > 0) leaf.addHelpText('after', `\nExamples:\n${command.examples.map((example) => `  $ ${program.name} ${example}`).join('\n')}`);
    leaf.action(() => {
      chosen = { kind: 'command', command, flags: leaf.optsWithGlobals(), positionals: leaf.args };
    });
  }
  try {
    root.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.help') return { kind: 'no-command', text: written.join('') };
    if (error.exitCode === 0) return { kind: 'text', text: written.join('') };
    throw usageError(commandSoFar(program, argv), error);
  }
  return chosen ?? { kind: 'no-command', text: root.helpInformation() };
}

function addOptions(command: Commander, definitions: OptionDefinitions): void {
  for (const [name, definition] of Object.entries(definitions)) {
    for (const flag of makeOptions(name, definition)) command.addOption(flag);
  }
}

function makeOptions(name: string, definition: OptionDefinition<unknown>): Option[] {
  const flag = flagName(name);
  const describe = definition.describe + defaultText(definition);
  if (definition.isBoolean) {
    const on = new Option(flag, describe);
    const off = new Option(flag.replace('--', '--no-'), definition.negated ?? `Not: ${describe}`);
    (definition.defaultValue === true ? on : off).hideHelp();
    return [on, off];
  }
  const made = new Option(`${flag} <${definition.placeholder}>`, describe);
  if (definition.isList) made.argParser((text: string, before: string | undefined) => (before === undefined ? text : `${before},${text}`));
  return [made];
}

function defaultText({ defaultValue, required, isBoolean }: OptionDefinition<unknown>): string {
  if (required) return ' (required)';
  if (defaultValue === undefined || isBoolean) return '';
  return ` (default: ${Array.isArray(defaultValue) ? defaultValue.join(',') : String(defaultValue)})`;
}

/** The program and the words after it that begin the path of a command: where the help for a wrong call stands. */
function commandSoFar({ name, commands }: ProgramText, argv: readonly string[]): string {
  const words = argv.filter((word) => !word.startsWith('-'));
  const isBegun = (count: number): boolean => commands.some(({ path }) => words.slice(0, count).every((word, i) => path[i] === word));
  let known = 0;
  while (known < words.length && isBegun(known + 1)) known += 1;
  return [name, ...words.slice(0, known)].join(' ');
}

function usageError(commandName: string, error: CommanderError): ForecastLabError {
  const [first, ...rest] = error.message.replace(/^error: /, '').split('\n');
  const suggestion = rest.join(' ').trim().replace(/^\(|\)$/g, '');
  const message = `${first.charAt(0).toUpperCase()}${first.slice(1).replace(/\.$/, '')}.`;
  return new ForecastLabError('BAD_OPTION', message, { hint: suggestion === '' ? `See ${commandName} --help.` : suggestion, details: { usage: error.code } });
}

