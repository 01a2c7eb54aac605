/** What stands below the help of `runs` and of each of its verbs. */
export const runExamples = {
  list: `
status: running, finished, interrupted (by Ctrl-C; train --resume goes on), or unfinished (killed, or stopped by an
error). Validation is measured on the held-out examples at the epoch that is kept; test, where \`eval\` has measured it.

Examples:
  $ imdb-rnn runs list
  $ imdb-rnn runs list --sort test
  $ imdb-rnn runs list --json | jq -r '.[] | select(.status == "interrupted").run'`,
  show: `
Examples:
  $ imdb-rnn runs show gru2-2025-01-31-1
  $ imdb-rnn runs show gru-small --json`,
  remove: `
It asks on a terminal; elsewhere --yes is needed. The run that ships with the program, a run that is being trained, and a
folder that is not one of a training always stay.

Examples:
  $ imdb-rnn runs remove gru2-2025-01-31-1
  $ imdb-rnn runs remove try-1 try-2 --yes`,
  rename: `
Examples:
  $ imdb-rnn runs rename gru2-2025-01-31-1 best`,
  prune: `
Of several rules all must let a run go: --keep 5 --older-than 30d removes what is older than 30 days, but never the newest 5.
It shows first what would go, and asks on a terminal; elsewhere --yes is needed. A run that is being trained stays.

Examples:
  $ imdb-rnn runs prune --keep 5 --dry-run
  $ imdb-rnn runs prune --older-than 30d
  $ imdb-rnn runs prune --unfinished --yes`,
  all: `
Examples:
  $ imdb-rnn runs list
  $ imdb-rnn runs show gru2-2025-01-31-1
  $ imdb-rnn runs rename gru2-2025-01-31-1 best
  $ imdb-rnn runs prune --keep 5 --dry-run`,
} as const;
