import type { Argument, Command, Option } from 'commander';
import { type ValueKind, valueKind } from './value-kind.js';

/** An option as a shell completes it. */
export interface CompletedOption {
  /** `-o`, `--output`, as far as it has them. */
  readonly short?: string;
  readonly long: string;
  /** One line. */
  readonly description: string;
  /** Absent where it takes no value. */
  readonly value?: ValueKind;
  /** Whether another word is as likely behind it as its value, which may be left out. */
  readonly isOptional: boolean;
  /** Whether it may be given several times, or takes several values. */
  readonly isRepeatable: boolean;
}

/** A command with all that may follow it. */
export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** Its arguments; the last may be repeated. */
  readonly arguments: readonly { readonly value: ValueKind; readonly isRepeatable: boolean }[];
  readonly commands: readonly CompletedCommand[];
}

/** Options whose value may be left out, and is what most people want there. */
const mostlyGiven = new Set(['--resume']);

/** What can be completed of a program, read from its commands; the implicit `help` is among them. */
export function commandTree(command: Command): CompletedCommand {
  const help = command.createHelp();
  return {
    name: command.name(),
    description: command.description(),
    options: help.visibleOptions(command).flatMap(completedOption),
    arguments: command.registeredArguments.map((argument: Argument) => ({
      value: valueKind(argument.name(), { choices: argument.argChoices, owner: command.name() }),
      isRepeatable: argument.variadic,
    })),
    commands: help.visibleCommands(command).map((each) => completedCommand(each, command)),
  };
}

function completedCommand(command: Command, parent: Command): CompletedCommand {
  const tree = commandTree(command);
  if (command.name() !== 'help') return tree;
  const names = parent.commands.map((each) => each.name());
  return {
    ...tree,
    options: [],
    arguments: [{ value: { kind: 'choices', choices: names }, isRepeatable: false }],
  };
}

function completedOption(option: Option): CompletedOption[] {
  const { long, short, flags, description, argChoices: choices, variadic, parseArg } = option;
  if (!long) return [];
  const name = /[<[](.+?)(\.\.\.)?[>\]]$/.exec(flags)?.[1];
  return [
    {
      ...{
        ...(short && { short }),
        long,
        description,
        isOptional: option.optional && !mostlyGiven.has(long),
      },
      ...(name !== undefined && { value: valueKind(name, { choices, owner: long }) }),
      // An option that collects its values is known by its parser, which is given those before.
      isRepeatable: variadic || (parseArg?.length ?? 0) > 1,
    },
  ];
}
