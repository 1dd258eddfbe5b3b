// A command: its place in the program, its options, and the one function that it calls.
import type { CommandContext, CommandResult } from './command-context.js';
import type { OptionDefinitions, OptionValues } from './option.js';

/** Options that every command has, and variables with a meaning of their own: no command may redefine them. */
const RESERVED_NAMES: readonly string[] = ['root', 'store', 'json', 'quiet', 'help', 'version', 'debug', 'shared', 'once', 'commands'];

/** How a command is declared. `Options` and `Positionals` are inferred and give the type of `run`'s first argument. */
export interface CommandDeclaration<Options extends OptionDefinitions, Positionals extends OptionDefinitions> {
  /** Words that select the command: `['data', 'update']`. */
  readonly path: readonly string[];
  /** One line for the list of commands. */
  readonly summary: string;
  /** Longer text at the top of the command's help. Default: the summary. */
  readonly description?: string;
  /** Whole command lines without the program's name, such as `data update --source sample`. */
  readonly examples?: readonly string[];
  /** Arguments without a flag, in order; the required ones first, a list last. */
  readonly positionals?: Positionals;
  readonly options: Options;
  /** Does the work by calling one function that a program could call too. */
  run(options: OptionValues<Options> & OptionValues<Positionals>, context: CommandContext): Promise<CommandResult>;
}

/** A declared command, as `runProgram` takes it. */
export interface Command {
  readonly path: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly examples: readonly string[];
  readonly positionals: OptionDefinitions;
  readonly options: OptionDefinitions;
  run(values: Readonly<Record<string, unknown>>, context: CommandContext): Promise<CommandResult>;
}

/**
 * Declares a command; `run` gets the values typed after the declaration.
 * @throws TypeError when an option has a name that every command has already, or an argument follows a list
 */
export function defineCommand<Options extends OptionDefinitions, Positionals extends OptionDefinitions = Record<never, never>>(
  declaration: CommandDeclaration<Options, Positionals>,
): Command {
  const positionals: OptionDefinitions = declaration.positionals ?? {};
  for (const name of [...Object.keys(declaration.options), ...Object.keys(positionals)]) {
    if (RESERVED_NAMES.includes(name)) throw new TypeError(`Command ${declaration.path.join(' ')}: the option name ${name} is taken.`);
  }
  if (Object.values(positionals).slice(0, -1).some(({ isList }) => isList)) throw new TypeError(`Command ${declaration.path.join(' ')}: a list of arguments must be the last.`);
  return {
    path: declaration.path,
    summary: declaration.summary,
    description: declaration.description ?? declaration.summary,
    examples: declaration.examples ?? [],
    positionals,
    options: declaration.options,
    run: (values, context) => declaration.run(values as OptionValues<Options> & OptionValues<Positionals>, context),
  };
}
