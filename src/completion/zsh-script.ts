import type { CompletedCommand, CompletedOption } from './command-tree.js';
import type { ValueKind } from './value-kind.js';
import { walkTree } from './walk-tree.js';

/** A script for zsh that completes the program, as a file `_imdb-rnn` of `$fpath`. */
export function zshScript(program: CompletedCommand): string {
  return `#compdef imdb-rnn
# zsh completion for imdb-rnn, made by: imdb-rnn completion zsh

# Offers what the program itself says of the kind "$1".
__imdb_rnn_ask() {
  local -a candidates rest
  local candidate
  for candidate in "\${(@f)$("$imdb_rnn_program" __complete $1 "\${(Q)PREFIX}" "\${(@Q)words[1,CURRENT-1]}" 2>/dev/null)}"; do
    [[ -n $candidate ]] || continue
    candidates+=("\${candidate//:/\\\\:}")
  done
  candidates=("\${(@)candidates//$'\\t'/:}")
  candidates=("\${(@)candidates%:}")
  rest=()
  [[ $1 == setting && $PREFIX != *=* ]] && rest=(-S '')
  _describe -V $1 candidates "\${(@)rest}"
}

__imdb_rnn_config() { __imdb_rnn_ask config || _files -g '*.(yaml|yml)' }
__imdb_rnn_run() { __imdb_rnn_ask run || _path_files -/ }
__imdb_rnn_ownRun() { __imdb_rnn_ask ownRun }
__imdb_rnn_setting() { __imdb_rnn_ask setting }

${walkTree(program)
  .map(({ path, command }) => commandFunction(path, command))
  .join('\n\n')}

local imdb_rnn_program=$words[1]
_imdb_rnn "$@"
`;
}

/** A function for each command, called for the words from the command on. */
function commandFunction(path: readonly string[], command: CompletedCommand): string {
  const specs = command.options.flatMap(optionSpecs);
  if (command.commands.length === 0) {
    return `${functionName(path)}() {
  _arguments ${[...specs, ...command.arguments.map(argumentSpec)].join(' \\\n    ')}
}`;
  }
  const described = command.commands.map(({ name, description }) => quoted(`${name}:${description}`));
  const cases = command.commands.map(({ name }) => `    ${name}) ${functionName([...path, name])} ;;`);
  return `${functionName(path)}() {
  local curcontext=$curcontext context state state_descr line
  typeset -A opt_args
  local -a verbs=(
    ${described.join('\n    ')}
  )
  _arguments -C ${[...specs, "'1: :->verb'", "'*:: :->rest'"].join(' \\\n    ')}
  case $state in
  verb) _describe command verbs ;;
  rest) case $words[1] in
${cases.join('\n')}
    esac ;;
  esac
}`;
}

const functionName = (path: readonly string[]) => ['_imdb_rnn', ...path].join('_').replaceAll('-', '_');

function optionSpecs({
  short,
  long,
  description,
  value,
  isOptional,
  isRepeatable,
}: CompletedOption): string[] {
  const text = `[${description.replace(/[[\]\\]/g, '\\$&')}]`;
  const separator = isOptional ? '::' : ':';
  const action = value ? `${separator}${value.kind}:${actionOf(value)}` : '';
  const excluded = short && !isRepeatable ? `(${short} ${long})` : '';
  const star = isRepeatable ? '*' : '';
  const names = [...(short ? [value ? `${short}+` : short] : []), value ? `${long}=` : long];
  // With =- a value that may be left out is one behind a = only.
  const spelled = names.map((name) => (isOptional && name.endsWith('=') ? `${name}-` : name));
  return spelled.map((name) => quoted(`${excluded}${star}${name}${text}${action}`));
}

function argumentSpec({ value, isRepeatable }: CompletedCommand['arguments'][number]): string {
  return quoted(`${isRepeatable ? '*' : ''}:${value.kind}:${actionOf(value)}`);
}

function actionOf(value: ValueKind): string {
  switch (value.kind) {
    case 'choices':
      return `(${value.choices.join(' ')})`;
    case 'file':
      return '_files';
    case 'folder':
      return '_path_files -/';
    case 'none':
      return ' ';
    default:
      return `__imdb_rnn_${value.kind}`;
  }
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
