import type { CompletedCommand, CompletedOption } from './command-tree.js';
import type { ValueKind } from './value-kind.js';
import { walkTree } from './walk-tree.js';

/** A script for bash 3.2 and later that completes the program. */
export function bashScript(program: CompletedCommand): string {
  const cases = walkTree(program).map(({ path, command }) =>
    [
      `    ${quoted(path.join(' '))})`,
      `      commands=${quoted(command.commands.map(({ name }) => name).join(' '))}`,
      `      options=${quoted(command.options.flatMap(namesOf).join(' '))}`,
      `      argument=${quoted(kindText(command.arguments.at(-1)?.value))}`,
      '      ;;',
    ].join('\n'),
  );
  const values = walkTree(program).flatMap(({ path, command }) =>
    command.options
      .filter(({ value }) => value !== undefined)
      .map((option) => {
        // A value that may be left out is offered after a = only: the next word may be another thing.
        const optional = option.isOptional ? 'optional:' : '';
        const patterns = namesOf(option).map((name) => quoted([...path, name].join(' ')));
        return `    ${patterns.join('|')}) kind=${quoted(optional + kindText(option.value))} ;;`;
      }),
  );
  return `# bash completion for imdb-rnn, made by: imdb-rnn completion bash

# Sets commands, options and argument: what may follow the command "$1".
_imdb_rnn_after() {
  case "$1" in
${cases.join('\n')}
  esac
}

# Sets kind: what the option "$2" of the command "$1" takes; empty where it takes nothing.
_imdb_rnn_value() {
  kind=
  case "$1 $2" in
${values.join('\n')}
  esac
}

${functions}`;
}

/** What is the same for every program. */
const functions = `# Offers what begins with "$current" of the kind "$1".
_imdb_rnn_offer() {
  local word
  case "$1" in
    choices:*)
      for word in \${1#choices:}; do
        [[ $word == "$current"* ]] && COMPREPLY+=("$word")
      done
      ;;
    run|ownRun|config|setting)
      while IFS= read -r word; do
        COMPREPLY+=("\${word%%$'\\t'*}")
      done < <("\${COMP_WORDS[0]}" __complete "$1" "$current" "\${line[@]}" 2>/dev/null)
      if [[ \${#COMPREPLY[@]} -eq 0 && $1 == config ]]; then _imdb_rnn_offer file; fi
      if [[ \${#COMPREPLY[@]} -eq 0 && $1 == run ]]; then _imdb_rnn_offer folder; fi
      ;;
    file|folder)
      compopt -o filenames 2>/dev/null
      local flag=-f
      [[ $1 == folder ]] && flag=-d
      while IFS= read -r word; do
        COMPREPLY+=("$word")
      done < <(compgen "$flag" -- "$current")
      ;;
  esac
}

_imdb_rnn() {
  # bash takes a word apart at = and :, so --set a=1 comes as four words.
  local line=() index word joins=
  for ((index = 1; index <= COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    if [[ \${#line[@]} -gt 0 && ( $joins || $word == [=:]* ) ]]; then
      line[\${#line[@]}-1]+=$word
    else
      line+=("$word")
    fi
    joins=
    [[ $word == *[=:] ]] && joins=yes
  done
  local current=\${line[\${#line[@]}-1]} path= commands options argument kind wanted= free=
  COMPREPLY=()
  _imdb_rnn_after ''
  for ((index = 0; index < \${#line[@]} - 1; index++)); do
    word=\${line[index]}
    if [[ $wanted ]]; then wanted=; continue; fi
    if [[ $word == -- ]]; then free=yes; continue; fi
    if [[ $word == -* ]]; then
      _imdb_rnn_value "$path" "$word"
      [[ $kind && $kind != optional:* ]] && wanted=$kind
      continue
    fi
    if [[ " $commands " == *" $word "* ]]; then
      path="\${path:+$path }$word"
      _imdb_rnn_after "$path"
    else
      commands=
    fi
  done
  if [[ $wanted ]]; then
    _imdb_rnn_offer "$wanted"
  elif [[ -z $free && $current == --*=* ]]; then
    _imdb_rnn_value "$path" "\${current%%=*}"
    local option=\${current%%=*}=
    current=\${current#*=}
    _imdb_rnn_offer "\${kind#optional:}"
    COMPREPLY=("\${COMPREPLY[@]/#/$option}")
    current=$option$current
  elif [[ -z $free && $current == -* ]]; then
    _imdb_rnn_offer "choices:$options"
  elif [[ $commands ]]; then
    _imdb_rnn_offer "choices:$commands"
  else
    _imdb_rnn_offer "$argument"
  fi
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
  # Only what follows the last = is replaced.
  if [[ $current == *=* && $COMP_WORDBREAKS == *=* ]]; then
    local before=\${current%"\${current##*=}"}
    COMPREPLY=("\${COMPREPLY[@]#"$before"}")
  fi
}

complete -F _imdb_rnn imdb-rnn
`;

function namesOf({ short, long }: CompletedOption): string[] {
  return short ? [short, long] : [long];
}

function kindText(value: ValueKind | undefined): string {
  if (!value) return '';
  return value.kind === 'choices' ? `choices:${value.choices.join(' ')}` : value.kind;
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
