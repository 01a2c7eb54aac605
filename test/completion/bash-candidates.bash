# Prints what the script "$1" offers for the last of the words that follow, as bash would ask it.
source "$1"
shift
COMP_WORDS=("$@")
# After a = that ends the line bash has an empty word.
COMP_CWORD=$(($# - 1))
[[ ${COMP_WORDS[COMP_CWORD]} == '=' ]] && COMP_WORDS+=('') && COMP_CWORD=$#
COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
# compopt works while bash itself completes; here it has nothing to change.
compopt() { :; }
_imdb_rnn
printf '%s\n' "${COMPREPLY[@]}"
