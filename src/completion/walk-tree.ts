import type { CompletedCommand } from './command-tree.js';

/** A command, and the words that lead to it: `['config', 'print']`; none for the program itself. */
export interface PlacedCommand {
  readonly path: readonly string[];
  readonly command: CompletedCommand;
}

/** A program's commands, each after the one that it belongs to. */
export function walkTree(command: CompletedCommand, path: readonly string[] = []): PlacedCommand[] {
  const below = command.commands.flatMap((each) => walkTree(each, [...path, each.name]));
  return [{ path, command }, ...below];
}
