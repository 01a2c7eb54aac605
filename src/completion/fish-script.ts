import type { CompletedCommand, CompletedOption } from './command-tree.js';
import type { ValueKind } from './value-kind.js';
import { walkTree } from './walk-tree.js';

/** A script for fish 3.0 and later that completes the program. */
export function fishScript(program: CompletedCommand): string {
  const rows = walkTree(program).flatMap(({ path, command }) => [
    ...command.commands.map(
      ({ name, description }) =>
        `${complete} -n ${quoted(['__imdb_rnn_at', ...path].join(' '))} -a ${name} -d ${quoted(description)}`,
    ),
    ...command.options.map((option) => `${conditionOf(path)} ${optionFlags(option)}`),
    ...argumentRows(path, command),
  ]);
  return `# fish completion for imdb-rnn, made by: imdb-rnn completion fish

# The words of the command line that are no options: commands, arguments and values.
function __imdb_rnn_words
    for word in (commandline -opc)[2..-1]
        string match -q -- '-*' $word; or echo $word
    end
end

# Whether the command line has come to just these commands.
function __imdb_rnn_at
    set -l words (__imdb_rnn_words)
    test "$words" = "$argv"
end

# Whether the command line begins with these commands.
function __imdb_rnn_in
    set -l words (__imdb_rnn_words)
    test (count $words) -ge (count $argv); or return 1
    test "$words[1..$(count $argv)]" = "$argv"
end

# What the program itself says of a kind, each with its description behind a tab.
function __imdb_rnn_ask
    set -l words (commandline -opc)
    $words[1] __complete $argv[1] (commandline -ct) $words[2..-1] 2>/dev/null
end

function __imdb_rnn_run
    set -l runs (__imdb_rnn_ask run)
    if set -q runs[1]
        printf '%s\\n' $runs
    else
        __fish_complete_directories (commandline -ct)
    end
end

complete -c imdb-rnn -f
${rows.join('\n')}
`;
}

const complete = 'complete -c imdb-rnn';

function conditionOf(path: readonly string[]): string {
  const condition = path.length === 0 ? '__imdb_rnn_at' : ['__imdb_rnn_in', ...path].join(' ');
  return `${complete} -n ${quoted(condition)}`;
}

function optionFlags({ short, long, description, value, isOptional }: CompletedOption): string {
  const names = [...(short ? [`-s ${short.slice(1)}`] : []), `-l ${long.slice(2)}`];
  // fish has no value that may be left out: the option is offered, and what follows it is free.
  const flags = value && !isOptional ? [valueFlags(value)] : [];
  return [...names, ...flags, `-d ${quoted(description)}`].join(' ');
}

function argumentRows(path: readonly string[], command: CompletedCommand): string[] {
  const value = command.arguments.at(-1)?.value;
  if (!value || value.kind === 'none') return [];
  if (value.kind === 'file') return [`${conditionOf(path)} -F`];
  return [`${conditionOf(path)} -a ${quoted(wordsOf(value))}`];
}

/** -r: a value has to follow; -F: files are offered, too; -x: no files. */
function valueFlags(value: ValueKind): string {
  switch (value.kind) {
    case 'none':
      return '-x';
    case 'file':
      return '-r -F';
    case 'config':
      return `-r -F -a ${quoted(wordsOf(value))}`;
    default:
      return `-x -a ${quoted(wordsOf(value))}`;
  }
}

function wordsOf(value: ValueKind): string {
  if (value.kind === 'choices') return value.choices.join(' ');
  if (value.kind === 'run') return '(__imdb_rnn_run)';
  return value.kind === 'folder' ? '(__fish_complete_directories)' : `(__imdb_rnn_ask ${value.kind})`;
}

const quoted = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`;
