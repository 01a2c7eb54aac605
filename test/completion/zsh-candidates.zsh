# Prints what zsh offers for the command line "$2" with the script "$1": an interactive zsh in a pseudo-terminal is asked,
# in which compadd, the builtin that every completion ends in, also writes what it is given into a file.
zmodload zsh/zpty
export candidates_file=$(mktemp) script_folder=${1:h}
: > $candidates_file.setup
cat > $candidates_file.setup <<'SETUP'
PS1= PS2= RPS1=
unsetopt beep list_beep
fpath=($script_folder $fpath)
autoload -U compinit
compinit -u -D
zstyle ':completion:*' list-prompt ''
zstyle ':completion:*' menu no
compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
    builtin compadd "$@"
    return
  fi
  local -a hits
  builtin compadd -A hits "$@"
  (( $#hits )) && print -rl -- $hits >> $candidates_file
  builtin compadd "$@"
}
finish() { print -r -- finished > $candidates_file.done; zle -I; exit }
zle -N finish
bindkey '^X' finish
bindkey '^I' list-choices
print ready > $candidates_file.ready
SETUP
zpty asked zsh -f -i
zpty -w asked "source $candidates_file.setup"
for (( waits = 0; waits < 400; waits++ )); do
  [[ -e $candidates_file.ready ]] && break
  zpty -rt asked drained
  sleep 0.05
done
zpty -n -w asked "$2"$'\t'$'\x18'
for (( waits = 0; waits < 600; waits++ )); do
  [[ -e $candidates_file.done ]] && break
  zpty -rt asked drained
  sleep 0.05
done
cat $candidates_file
[[ -e $candidates_file.done ]] || { print -u2 'zsh did not answer'; exit 1 }
rm -f $candidates_file*
exit 0
